import { round12 } from '../../src/contract/units.ts';
import type { TaskTrials } from './task-trials.ts';

/** Chances that `k` runs of a task all succeed, summed over the tasks with at least `k` runs. */
export interface PassHat {
  /** Tasks that count. */
  readonly tasks: number;
  /** Tasks with fewer runs. */
  readonly shortTasks: number;
  /** Unknown runs taken as failed. */
  readonly least: number;
  /** Unknown runs taken as successes. */
  readonly most: number;
}

/**
 * pass^k: C(c, k) / C(n, k) for a task that succeeded in c of n runs, the unbiased estimate of the chance that k further
 * runs all succeed. Source: Yao et al., tau-bench, arXiv:2406.12045.
 */
export function passHat(trials: readonly TaskTrials[], k: number): PassHat {
  let [tasks, shortTasks, least, most] = [0, 0, 0, 0];
  for (const { tasks: named } of trials) {
    for (const [, { good, bad, unknown }] of named) {
      const n = good + bad + unknown;
      if (n < k) {
        shortTasks += 1;
        continue;
      }
      tasks += 1;
      least += chanceOfAll(k, good, n);
      most += chanceOfAll(k, good + unknown, n);
    }
  }
  return { tasks, shortTasks, least: round12(least), most: round12(most) };
}

/** C(c, k) / C(n, k), factor by factor, so that nothing overflows; with c < k one factor is 0. */
function chanceOfAll(k: number, c: number, n: number): number {
  let chance = 1;
  for (let i = 0; i < k; i++) chance *= (c - i) / (n - i);
  return chance;
}
