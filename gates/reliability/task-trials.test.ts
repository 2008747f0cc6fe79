import { describe, expect, it } from 'vitest';
import { aRef } from '../../src/dev/testing/builders.ts';
import { addTrial, mergeTaskTrials, noTrials, TASK_LIMIT } from './task-trials.ts';

const name = (i: number) => `task ${String(i).padStart(6, '0')}`;
const trialsOf = (tasks: readonly string[]) => {
  const trials = noTrials();
  for (const task of tasks) addTrial(trials, { task, showing: 'good', ref: aRef() });
  return trials;
};
const many = Array.from({ length: TASK_LIMIT + 50 }, (_, i) => name(i));

describe('TaskTrials', () => {
  it('keeps the smallest names with exact counts, in any order and over any split', () => {
    const rising = trialsOf([...many, ...many]);
    expect(rising.tasks).toHaveLength(TASK_LIMIT);
    expect(rising.tasks[TASK_LIMIT - 1]).toEqual([name(TASK_LIMIT - 1), { good: 2, bad: 0, unknown: 0 }]);
    expect(rising.hasMore).toBe(true);
    expect(trialsOf([...many, ...many].reverse())).toEqual(rising);
    expect(mergeTaskTrials(trialsOf(many.slice(1_000)), trialsOf([...many, ...many.slice(0, 1_000)]))).toEqual(rising);
  });

  it('has no more where the limit is just reached', () => {
    const full = trialsOf(many.slice(0, TASK_LIMIT));
    expect(full).toMatchObject({ hasMore: false });
    expect(mergeTaskTrials(full, full)).toMatchObject({ hasMore: false });
    expect(mergeTaskTrials(full, trialsOf([name(0.5)]))).toMatchObject({ hasMore: true });
  });

  it('counts under names that objects have by themselves', () => {
    expect(trialsOf(['__proto__', 'constructor', '__proto__']).tasks.map(([task, { good }]) => [task, good])).toEqual([
      ['__proto__', 2],
      ['constructor', 1],
    ]);
  });
});
