import type { EvidenceRef } from '../../src/contract/evidence.ts';
import type { Showing } from '../../src/contract/statistics/rate-tally.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';

/** Tasks kept per scenario. */
export const TASK_LIMIT = 2_000;

/** Runs of one task by whether they succeeded. */
export type Trials = Record<Showing, number>;

/**
 * Runs of one scenario by task. `tasks` holds the `TASK_LIMIT` smallest names in code unit order, with exact counts: a
 * name among the smallest of all is among the smallest of every part, so every split and order gives the same. Mutable
 * by `addTrial`; everything else returns new values.
 */
export interface TaskTrials {
  tasks: [task: string, trials: Trials][];
  /** There are more tasks than are kept. */
  hasMore: boolean;
  /** Runs that do not say which task they are of. */
  untasked: number;
  /** Runs of every task, kept or not. */
  badAt: Witness[];
  unknownAt: Witness[];
}

export function noTrials(): TaskTrials {
  return { tasks: [], hasMore: false, untasked: 0, badAt: [], unknownAt: [] };
}

interface Trial {
  /** Undefined = not recorded. */
  readonly task: string | undefined;
  readonly showing: Showing;
  readonly ref: EvidenceRef;
}

/** Counts one run in place. */
export function addTrial(into: TaskTrials, { task, showing, ref }: Trial): void {
  if (task === undefined) {
    into.untasked += 1;
    return;
  }
  if (showing === 'bad') keepWitness(into.badAt, { value: 1, ref });
  if (showing === 'unknown') keepWitness(into.unknownAt, { value: 1, ref });
  const trials = trialsOf(into, task);
  if (trials !== undefined) trials[showing] += 1;
}

export function mergeTaskTrials(a: TaskTrials, b: TaskTrials): TaskTrials {
  const merged: TaskTrials = {
    tasks: a.tasks.map(([task, trials]) => [task, { ...trials }]),
    hasMore: a.hasMore || b.hasMore,
    untasked: a.untasked + b.untasked,
    badAt: mergeWitnesses(a.badAt, b.badAt),
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
  };
  for (const [task, { good, bad, unknown }] of b.tasks) {
    const trials = trialsOf(merged, task);
    if (trials === undefined) continue;
    trials.good += good;
    trials.bad += bad;
    trials.unknown += unknown;
  }
  return merged;
}

/** What is counted of the task, made where it is new; undefined when it comes after all that are kept. */
function trialsOf(into: TaskTrials, task: string): Trials | undefined {
  const { tasks } = into;
  let [low, high] = [0, tasks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tasks[middle]?.[0] ?? '') < task) low = middle + 1;
    else high = middle;
  }
  const found = tasks[low];
  if (found?.[0] === task) return found[1];
  into.hasMore ||= tasks.length === TASK_LIMIT;
  if (low === TASK_LIMIT) return undefined;
  const trials: Trials = { good: 0, bad: 0, unknown: 0 };
  tasks.splice(low, 0, [task, trials]);
  if (tasks.length > TASK_LIMIT) tasks.length = TASK_LIMIT;
  return trials;
}
