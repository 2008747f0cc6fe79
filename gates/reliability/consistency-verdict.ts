import type { CheckResult } from '../../src/contract/check.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { rateLowerBound, rateUpperBound, runsToProve } from '../../src/contract/statistics/binomial.ts';
import type { Judgement } from '../../src/contract/statistics/judgement.ts';
import { UNPROVABLE_RATE } from '../../src/contract/statistics/rate-verdict.ts';
import type { Sample } from '../../src/contract/statistics/samples.ts';
import { formatMeasurement, type Measurement, round12 } from '../../src/contract/units.ts';
import { mergeWitnesses, refsOf, type Witness, witnessesOf } from '../../src/contract/witness.ts';
import { type PassHat, passHat } from './pass-hat.ts';
import { TASK_LIMIT, type TaskTrials } from './task-trials.ts';

interface Required {
  /** Runs of a task that must all succeed. */
  readonly k: number;
  /** Mean chance of that over tasks, to be proved, 0–1. */
  readonly rate: number;
}

/**
 * Judges pass^k by one-sided 95 % bounds with tasks as the sample, so that runs of one task may depend on each other.
 * The bounds are the exact ones of a rate, the sum over tasks rounded towards caution in place of a count: among all
 * distributions on 0 to 1 with the same mean, that of a yes or no is spread most (Hoeffding, 1963), so they are not too
 * narrow. Unknown runs count as failed where it would pass and as successes where it would fail.
 */
export function judgeConsistency(sample: Sample, trials: readonly TaskTrials[], required: Required): Judgement {
  const result = resultOf({ sample, trials, seen: passHat(trials, required.k), ...required });
  return { result, badness: -(result.measured?.value ?? Number.NEGATIVE_INFINITY) };
}

interface Question extends Required {
  readonly sample: Sample;
  readonly trials: readonly TaskTrials[];
  readonly seen: PassHat;
}

function resultOf(question: Question): CheckResult {
  const { sample, trials, seen, k, rate } = question;
  if (trials.some(({ hasMore }) => hasMore)) return tooManyTasks(sample, seen.tasks);
  if (seen.tasks > 0) return judge(question);
  const message = `no task has ${quantity(k, 'run')} (${sample.label})${notCounted(question)}`;
  return { outcome: 'inconclusive', message, missing: moreTasks(sample, k, runsToProve(rate)), n: 0, evidence: [] };
}

function judge(question: Question): CheckResult {
  const { sample, trials, seen, k, rate } = question;
  const { tasks: n, least, most } = seen;
  const limit = ratio(rate);
  const mean = ratio(round12(least / n));
  const compared = { limit, limitName: 'rate', n, ...(least === most ? { estimate: mean } : {}) };
  const shown = `pass^${k}, the chance that all of ${quantity(k, 'run')} of a task succeed, is ${least === most ? '' : 'at least '}${formatMeasurement(mean, limit)} over ${quantity(n, 'task')}`;
  const place = `with 95 % confidence, limit ${formatMeasurement(limit, limit)} (${sample.label})${notCounted(question)}`;
  const upper = ratio(rateUpperBound(Math.ceil(most), n));
  if (upper.value < rate) {
    const message = `${shown}: at most ${formatMeasurement(upper, limit)} ${place}`;
    return { ...compared, outcome: 'fail', measured: upper, message, evidence: witnessesOf(placesIn(trials, 'badAt')) };
  }
  const lower = ratio(rateLowerBound(Math.floor(least), n));
  const message = `${shown}: proves at least ${formatMeasurement(lower, limit)} ${place}`;
  const proof = { ...compared, measured: lower, message, evidence: refsOf(placesIn(trials, 'badAt')) };
  if (lower.value >= rate) return { ...proof, outcome: 'pass' };
  if (least === most) {
    const missing = rate === 1 ? UNPROVABLE_RATE : moreTasks(sample, k, Math.max(runsToProve(rate), n + 1));
    return { ...proof, outcome: 'inconclusive', missing };
  }
  const remedy = 'Record aigate.outcome, or the answers and tool calls that the scenarios expect.';
  const missing = { input: 'outcomes of runs', remedy };
  return { ...proof, outcome: 'inconclusive', missing, evidence: refsOf(placesIn(trials, 'unknownAt')) };
}

function placesIn(trials: readonly TaskTrials[], which: 'badAt' | 'unknownAt'): readonly Witness[] {
  return trials.reduce<readonly Witness[]>((places, some) => mergeWitnesses(places, some[which]), []);
}

/** Those that are kept are the first by name, and no sample of all. */
function tooManyTasks({ label }: Sample, n: number): CheckResult {
  return {
    outcome: 'inconclusive',
    message: `more than ${quantity(TASK_LIMIT, 'task')} in one scenario (${label}): only the first by name are kept, and they are no sample of all`,
    missing: {
      input: 'a set of tasks that can be counted',
      remedy: `Give the runs of at most ${quantity(TASK_LIMIT, 'task')} a test.case.name, the same on all runs of a task.`,
    },
    n,
    evidence: [],
  };
}

function moreTasks({ label }: Sample, k: number, fewest: number): MissingInput {
  const tasks = Number.isFinite(fewest) ? Math.max(1, fewest) : 1;
  return {
    input: 'repeated runs of the same tasks',
    remedy: `Record ${quantity(k, 'run')} each of at least ${quantity(tasks, 'task')} (${label}), with the same test.case.name on all runs of a task.`,
  };
}

/** What is said of what does not count. */
function notCounted({ trials, seen: { shortTasks } }: Question): string {
  const untasked = trials.reduce((sum, some) => sum + some.untasked, 0);
  const parts = [
    ...(shortTasks === 0 ? [] : [`${quantity(shortTasks, 'task')} with fewer runs`]),
    ...(untasked === 0 ? [] : [`${quantity(untasked, 'run')} without a recorded task`]),
  ];
  return parts.length === 0 ? '' : `; not counted: ${parts.join(', ')}`;
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
