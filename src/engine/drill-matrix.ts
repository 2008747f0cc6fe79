import { classifyDrill, type DrillRules } from '../contract/classify-drill.ts';
import { shortAnswer } from '../contract/drill-answer.ts';
import { repetitionsOf, timeToSwitchMs } from '../contract/drill-attempts.ts';
import {
  type DrillMatrix,
  type DrillOutcome,
  type DrillRow,
  type DrillView,
  WORST_FIRST,
} from '../contract/drill-matrix.ts';
import type { DrillRun, Drills } from '../contract/drill-run.ts';
import { plannedDrills, scheduleName } from '../contract/drill-schedule.ts';
import { describeTroubles } from '../contract/live-traffic.ts';
import type { Plan } from '../contract/plan.ts';
import { NANO_USD_PER_USD, round12 } from '../contract/units.ts';

/** The drills in short, classified anew; null = none were planned. Pure. */
export function drillMatrix(drills: Drills | undefined, plan: DrillRules & Pick<Plan, 'drills'>): DrillMatrix | null {
  if (drills === undefined || plan.drills === undefined) return null;
  const planned = plannedDrills(plan.drills);
  const places = [
    ...planned.map(({ fault, schedule }) => ({ fault, schedule: schedule && scheduleName(schedule) })),
    ...drills.runs.map(({ fault, schedule }) => ({ fault, schedule })),
  ];
  const rows = new Map(places.map((place) => [JSON.stringify([place.fault, place.schedule ?? null]), place]));
  return {
    kinds: [...new Set(drills.runs.map(({ kind }) => kind))],
    rows: [...rows.values()].map((place) => rowOf(place, drills, plan)),
    bypassed: drills.bypasses.reduce((sum, { count }) => sum + count, 0),
    stopped: whyLeftOut(drills),
  };
}

function whyLeftOut({ stopped, unanswered }: Drills): string | null {
  const reasons = [
    ...(stopped === undefined ? [] : [stopped]),
    ...(unanswered.length > 0 ? [describeTroubles(unanswered)] : []),
  ];
  return reasons.length === 0 ? null : reasons.join('; ');
}

type Place = Pick<DrillRun, 'fault' | 'schedule'>;

function rowOf({ fault, schedule }: Place, drills: Drills, rules: DrillRules): DrillRow {
  const runs = drills.runs.filter((run) => run.fault === fault && run.schedule === schedule);
  const judged = runs.map((run) => ({ run, outcome: classifyDrill(run, rules) ?? ('untold' as const) }));
  const count = (outcome: DrillOutcome) => judged.filter((one) => one.outcome === outcome).length;
  const switches = judged.flatMap(({ run, outcome }) => (outcome === 'switched' ? (timeToSwitchMs(run) ?? []) : []));
  return {
    fault,
    schedule: schedule ?? null,
    runs: runs.length,
    outcomes: {
      recovered: count('recovered'),
      switched: count('switched'),
      degraded: count('degraded'),
      'handed-off': count('handed-off'),
      'failed-safe': count('failed-safe'),
      'failed-unsafe': count('failed-unsafe'),
      hung: count('hung'),
      storm: count('storm'),
      'not-exercised': count('not-exercised'),
      untold: count('untold'),
    },
    slowestSwitchMs: switches.length === 0 ? null : Math.max(...switches),
    attempts: {
      total: sum(runs.map(({ attemptCount }) => attemptCount)),
      byClient: sum(runs.map((run) => repetitionsOf(run).sdk)),
      byApplication: sum(runs.map((run) => repetitionsOf(run).application)),
    },
    costUsd: costOf(runs),
    seen: WORST_FIRST.flatMap((outcome) => {
      const [first] = judged.filter((one) => one.outcome === outcome);
      return first === undefined ? [] : [viewOf(first.run, outcome)];
    }),
  };
}

/** An unpriced answer is not a free one. */
function costOf(runs: readonly DrillRun[]): number | null {
  const costs = runs.flatMap(({ costNanoUsd }) => costNanoUsd ?? []);
  return costs.length < runs.length ? null : round12(sum(costs) / NANO_USD_PER_USD);
}

function viewOf(run: DrillRun, outcome: DrillOutcome): DrillView {
  return { outcome, scenario: run.scenario, answer: shortAnswer(run) ?? null, ref: run.ref };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
