import type { CheckResult } from '../check.ts';
import type { DrillClass } from '../drill.ts';
import { timeToSwitchMs } from '../drill-attempts.ts';
import { quantity } from '../quantity.ts';
import { formatMeasurement, formatNumber, type Measurement } from '../units.ts';
import { refsOf, type Witness, witnessesOf } from '../witness.ts';
import { rateLowerBound } from './binomial.ts';
import { type DrillContext, type JudgedRun, judgedRuns, plannedCells } from './drill-cells.ts';
import { describeForeign, fewestIn, whyNotDrilled } from './drill-gaps.ts';
import { describeDrill } from './drill-story.ts';

interface DrillQuestion {
  /** Faults of the check, and the classes that are good enough for each. */
  readonly accepts: Readonly<Record<string, readonly DrillClass[]>>;
  /** Value of the limit `runs`. */
  readonly runs: number;
}

/** Worst first: which of several bad endings is told. Those that are left out are bad only where a check says so. */
const WORST_FIRST: readonly DrillClass[] = ['failed-unsafe', 'hung', 'storm', 'failed-safe'];

/**
 * Judges drills: fail when one run of these faults came to a class that is not accepted, wherever it ran; pass when every
 * planned fault was met by enough runs in each drilled scenario and all of them came to an accepted one.
 */
export function judgeDrills({ accepts, runs: fewest }: DrillQuestion, context: DrillContext): CheckResult {
  const faults = Object.keys(accepts);
  const runs = judgedRuns(context, faults);
  const bad = runs.filter(({ run, verdict }) => isBad(verdict, accepts[run.fault] ?? []));
  if (bad.length > 0) return failed(bad, runs.filter(isExercised).length);
  const cells = plannedCells(runs, context.plan, faults);
  const open = whyNotDrilled({ faults, runs, cells, fewest }, context) ?? whyUntold(runs);
  if (open !== undefined) return open;
  const exercised = cells.flatMap((cell) => cell.exercised);
  const n = exercised.length;
  const proved = { value: rateLowerBound(n, n), unit: 'ratio' } as const;
  const message = `0 of ${quantity(n, 'run')} with ${quantity(new Set(exercised.map(({ run }) => run.fault)).size, 'fault')} ended badly: at least ${formatMeasurement(proved)} do not, with 95 % confidence (${countClasses(exercised)})${slowestSwitch(exercised)}${describeForeign(cells)}`;
  const measured = count(fewestIn(cells));
  const limit = count(fewest);
  return { outcome: 'pass', measured, limit, limitName: 'runs', n, message, evidence: refsOf(witnesses(exercised)) };
}

function isBad(verdict: DrillClass | undefined, accepted: readonly DrillClass[]): boolean {
  return verdict !== undefined && verdict !== 'not-exercised' && !accepted.includes(verdict);
}

/** A leaked key counts, and no fault has to be met for it. */
function isExercised({ verdict }: JudgedRun): boolean {
  return verdict !== 'not-exercised';
}

function failed(bad: readonly JudgedRun[], n: number): CheckResult {
  const ranked = witnesses(bad);
  const [worst] = bad.toSorted((a, b) => rankOf(b) - rankOf(a));
  const story = worst === undefined ? '' : describeDrill(worst);
  const message = `${formatNumber(bad.length)} of ${quantity(n, 'run')} ended badly (${countClasses(bad)}): ${story}`;
  return { outcome: 'fail', measured: count(bad.length), limit: count(0), n, message, evidence: witnessesOf(ranked) };
}

function whyUntold(runs: readonly JudgedRun[]): CheckResult | undefined {
  const untold = runs.filter(({ verdict }) => verdict === undefined);
  const [first] = untold;
  if (first === undefined) return undefined;
  const n = runs.filter(isExercised).length;
  const message = `${formatNumber(untold.length)} of ${quantity(n, 'run')} answered, and it cannot be told whether rightly: ${describeDrill(first)}`;
  return { outcome: 'inconclusive', n, message, missing: missingFor(first), evidence: refsOf(witnesses(untold)) };
}

function missingFor({ run: { isExpected, saysAsUsual } }: JudgedRun) {
  if (saysAsUsual) {
    const remedy =
      'Ordinary answers of the scenario hold the words of drills.degraded or drills.handedOff too: declare words that only such an answer has.';
    return { input: 'what tells a degraded answer from others', remedy };
  }
  if (isExpected === undefined) {
    const remedy = 'Declare under scenarios[].expect what a right answer shows, in every scenario that is drilled.';
    return { input: 'expectations of the scenario', remedy };
  }
  const remedy =
    'No provider sent a whole answer, so the code made it up: declare under drills.degraded or drills.handedOff what such an answer says, and expect of the others what only a whole answer shows.';
  return { input: 'what a degraded answer says', remedy };
}

/** `3 switched, 1 degraded`. */
function countClasses(runs: readonly JudgedRun[]): string {
  const names = [...new Set(runs.map(({ verdict }) => verdict ?? 'cannot be told'))];
  return names
    .map(
      (name) => `${formatNumber(runs.filter(({ verdict }) => (verdict ?? 'cannot be told') === name).length)} ${name}`,
    )
    .join(', ');
}

function slowestSwitch(runs: readonly JudgedRun[]): string {
  const times = runs.filter(({ verdict }) => verdict === 'switched').flatMap(({ run }) => timeToSwitchMs(run) ?? []);
  if (times.length === 0) return '';
  return `; slowest switch ${formatMeasurement({ value: Math.max(...times), unit: 'ms' })}`;
}

function witnesses(runs: readonly JudgedRun[]): Witness[] {
  return runs
    .map((judged) => ({ value: rankOf(judged), ref: judged.run.ref }))
    .toSorted((a, b) => b.value - a.value)
    .slice(0, 5);
}

function rankOf({ verdict }: JudgedRun): number {
  const place = verdict === undefined ? -1 : WORST_FIRST.indexOf(verdict);
  return place < 0 ? 0 : WORST_FIRST.length - place;
}

function count(value: number): Measurement {
  return { value, unit: 'count' };
}

/** The same classes for each of these faults. */
export function accepting(faults: readonly string[], classes: readonly DrillClass[]): DrillQuestion['accepts'] {
  return Object.fromEntries(faults.map((fault) => [fault, classes]));
}
