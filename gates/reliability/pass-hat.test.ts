import { describe, expect, it } from 'vitest';
import { passHat } from './pass-hat.ts';
import { noTrials, type TaskTrials } from './task-trials.ts';

const trials = (...counts: readonly (readonly [good: number, bad: number, unknown?: number])[]): TaskTrials => ({
  ...noTrials(),
  tasks: counts.map(([good, bad, unknown = 0], i) => [`t${i}`, { good, bad, unknown }]),
});

describe('passHat', () => {
  it.each([
    [1, 0.8],
    [3, 0.466666666667],
    [5, 0.222222222222],
    [8, 0.0222222222222],
    [9, 0],
  ])('is pass^%i for 8 of 10 runs', (k, chance) => {
    expect(passHat([trials([8, 2])], k)).toMatchObject({ least: chance, most: chance });
  });

  it('sums over tasks of all scenarios and leaves out those with fewer runs', () => {
    expect(passHat([trials([3, 0], [2, 0]), trials([0, 3], [5, 0])], 3)).toEqual({
      tasks: 3,
      shortTasks: 1,
      least: 2,
      most: 2,
    });
  });

  it('takes unknown runs as failed and as successes', () => {
    expect(passHat([trials([3, 0, 1])], 3)).toMatchObject({ least: 0.25, most: 1 });
  });

  it('does not overflow', () => {
    expect(passHat([trials([1_000_000, 0])], 100)).toMatchObject({ least: 1 });
  });
});
