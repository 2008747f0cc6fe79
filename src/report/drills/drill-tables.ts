import {
  type DrillAttempts,
  type DrillMatrix,
  type DrillOutcome,
  type DrillRow,
  type DrillView,
  WORST_FIRST,
} from '../../contract/drill-matrix.ts';
import { quantity } from '../../contract/quantity.ts';
import type { Card } from '../../contract/result.ts';
import { formatMeasurement, formatNumber } from '../../contract/units.ts';
import type { ReportTable } from '../report-table.ts';

/** How an outcome reads. What is good enough for a fault is for its check to say; this is what it is at first sight. */
export const OUTCOME_TONES: Readonly<Record<DrillOutcome, Card['rows'][number]['tone']>> = {
  recovered: 'good',
  switched: 'good',
  degraded: 'good',
  'handed-off': 'good',
  'failed-safe': 'plain',
  'failed-unsafe': 'bad',
  hung: 'bad',
  storm: 'bad',
  'not-exercised': 'open',
  untold: 'open',
};

/** The columns of the matrix: outcomes that occurred, worst first, so that they stand where a narrow page begins. */
export function occurring({ rows }: DrillMatrix): DrillOutcome[] {
  return WORST_FIRST.filter((outcome) => rows.some(({ outcomes }) => outcomes[outcome] > 0));
}

/** `untold` as a phrase; every other outcome is its own name. */
export function outcomeName(outcome: DrillOutcome): string {
  return outcome === 'untold' ? 'cannot be told' : outcome;
}

/** What the runs with a fault took, beside what they came to. */
export const FIGURES: readonly { readonly title: string; readonly text: (row: DrillRow) => string }[] = [
  { title: 'Slowest switch', text: ({ slowestSwitchMs }) => switchText(slowestSwitchMs) },
  { title: 'Attempts (retries)', text: ({ runs, attempts }) => (runs === 0 ? 'not run' : attemptText(attempts)) },
  { title: 'Cost, USD', text: ({ runs, costUsd }) => (runs === 0 ? '–' : costText(costUsd)) },
];

/** `18 (12 SDK, 3 app)`. */
function attemptText({ total, byClient, byApplication }: DrillAttempts): string {
  const repeated = [
    ...(byClient === 0 ? [] : [`${formatNumber(byClient)} SDK`]),
    ...(byApplication === 0 ? [] : [`${formatNumber(byApplication)} app`]),
  ];
  return `${formatNumber(total)}${repeated.length === 0 ? '' : ` (${repeated.join(', ')})`}`;
}

function switchText(ms: number | null): string {
  return ms === null ? '–' : formatMeasurement({ value: ms, unit: 'ms' });
}

function costText(usd: number | null): string {
  return usd === null ? 'unknown' : formatNumber(usd);
}

/** `90 runs of 15 drills (simulated): 6 handed-off, 84 switched`, and what was not seen. */
export function drillLines({ rows, kinds, bypassed, stopped }: DrillMatrix): string[] {
  const runs = rows.reduce((sum, row) => sum + row.runs, 0);
  const counts = WORST_FIRST.flatMap((outcome) => {
    const count = rows.reduce((sum, { outcomes }) => sum + outcomes[outcome], 0);
    return count === 0 ? [] : [`${formatNumber(count)} ${outcomeName(outcome)}`];
  });
  const from = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  return [
    `${quantity(runs, 'run')} of ${quantity(rows.length, 'drill')}${from}: ${counts.join(', ') || 'nothing was seen'}`,
    ...(bypassed === 0 ? [] : [`${quantity(bypassed, 'request')} went around the proxy: what they did was not seen`]),
    ...(stopped === null ? [] : [`Drills were left out: ${stopped}`]),
  ];
}

/** What each fault came to, in runs. */
export function matrixTable(matrix: DrillMatrix): ReportTable {
  const outcomes = occurring(matrix);
  return {
    title: 'Drills: what each fault came to, in runs',
    columns: ['Fault', ...outcomes.map(outcomeName), ...FIGURES.map(({ title }) => title)],
    rows: matrix.rows.map((row) => [
      drillName(row),
      ...outcomes.map((outcome) => countText(row.outcomes[outcome])),
      ...FIGURES.map(({ text }) => text(row)),
    ]),
    empty: 'No drill was planned.',
  };
}

/** `http-503 (first 2 to the primary)`. */
function drillName({ fault, schedule }: Pick<DrillRow, 'fault' | 'schedule'>): string {
  return schedule === null ? fault : `${fault} (${schedule})`;
}

/** A count of a cell; nothing for none, so that what occurred stands out. */
export function countText(count: number): string {
  return count === 0 ? '' : formatNumber(count);
}

/** What users would have seen, worst first; faults that ended alike share a row. */
export function viewTable({ rows }: DrillMatrix): ReportTable {
  const groups = new Map<string, { readonly view: DrillView; readonly faults: string[] }>();
  for (const outcome of WORST_FIRST) {
    for (const row of rows) {
      for (const view of row.seen.filter((one) => one.outcome === outcome)) {
        const key = JSON.stringify([outcome, view.answer]);
        const group = groups.get(key) ?? { view, faults: [] };
        groups.set(key, { view, faults: [...group.faults, drillName(row)] });
      }
    }
  }
  return {
    title: 'What users would have seen',
    columns: ['Seen', 'Ended', 'With'],
    rows: [...groups.values()].map(({ view, faults }) => [
      view.answer === null ? 'nothing' : `“${view.answer}”`,
      outcomeName(view.outcome),
      faults.join(', '),
    ]),
    empty: 'No drill was made.',
  };
}
