import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/contract/run.ts';
import { rateLowerBound, rateUpperBound } from '../../../src/contract/statistics/binomial.ts';
import { aContext, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import tasks from '../measures/tasks.ts';
import { TASK_LIMIT } from '../task-trials.ts';
import check from './consistency.ts';

const limits = { k: 3, rate: 0.9 };
const FAILED: Partial<Run> = { outcome: 'failure' };
const UNKNOWN: Partial<Run> = { outcome: undefined };
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });

/** `times` runs of each of `count` tasks; `make` may vary them by task and try. */
const seenOf = (
  count: number,
  {
    times = 3,
    make = () => ({}),
    plan = aPlan(),
  }: {
    readonly times?: number;
    readonly make?: (task: number, attempt: number) => Partial<Run>;
    readonly plan?: typeof two;
  } = {},
) => ({
  tasks: measured(
    tasks,
    runs(count * times, (i) => ({ task: `t${i % count}`, ...make(i % count, Math.floor(i / count)) })),
    plan,
  ),
});
const scenario = (task: number): Partial<Run> => ({
  scenario: { match: 'one', id: task % 2 === 0 ? 'summarize' : 'escalate' },
});

testCheck(check, {
  pass: [
    {
      name: '29 tasks of which every run succeeded prove 90 %',
      seen: seenOf(29),
      limits,
      says: 'pass^3, the chance that all of 3 runs of a task succeed, is 100 % over 29 tasks: proves at least 90.19',
    },
    {
      name: 'the bound is exactly the rate',
      seen: seenOf(50, { make: (task) => (task === 0 ? FAILED : {}) }),
      limits: { k: 3, rate: rateLowerBound(49, 50) },
      says: 'is 98 % over 50 tasks',
    },
    {
      name: 'a fraction of a task is rounded down',
      seen: seenOf(50, { times: 4, make: (task, attempt) => (task === 0 && attempt === 0 ? FAILED : {}) }),
      limits: { k: 3, rate: rateLowerBound(49, 50) },
      says: 'is 98.5 % over 50 tasks',
    },
    {
      name: 'unknown runs count as failed and do not stop it',
      seen: seenOf(50, { make: (task) => (task === 0 ? UNKNOWN : {}) }),
      limits: { k: 3, rate: rateLowerBound(49, 50) },
      says: 'is at least 98 % over 50 tasks',
    },
    {
      name: 'tasks with fewer runs and runs without a task are said',
      seen: seenOf(40, { make: (task, attempt) => ({ task: task < 30 || attempt === 0 ? `t${task}` : undefined }) }),
      limits,
      says: '; not counted: 10 tasks with fewer runs, 20 runs without a recorded task',
    },
  ],
  fail: [
    {
      name: 'every task succeeds in two of three runs',
      seen: seenOf(20, { make: (_, attempt) => (attempt === 0 ? FAILED : {}) }),
      limits,
      says: 'is 0 % over 20 tasks: at most 13.9',
    },
    {
      name: 'runs succeed nine times in ten, and three in a row do not',
      seen: seenOf(60, { times: 10, make: (_, attempt) => (attempt === 0 ? FAILED : {}) }),
      limits,
      says: 'is 70 % over 60 tasks: at most',
    },
    {
      name: 'it fails even if every unknown run succeeded',
      seen: seenOf(30, { make: (task) => (task < 12 ? FAILED : task < 14 ? UNKNOWN : {}) }),
      limits,
      says: 'is at least 53.33',
    },
    {
      name: 'one scenario behind a healthy one',
      seen: seenOf(90, {
        plan: two,
        make: (task) => ({
          ...(task < 60 ? scenario(0) : scenario(1)),
          ...(task >= 60 && task < 75 ? FAILED : {}),
        }),
      }),
      limits,
      context: { plan: two },
      says: 'scenario escalate',
    },
  ],
  inconclusive: [
    { name: '28 tasks', seen: seenOf(28), limits, says: 'over 28 tasks: proves at least 89.8' },
    {
      name: 'two runs of every task',
      seen: seenOf(60, { times: 2 }),
      limits,
      says: 'no task has 3 runs (scenario summarize); not counted: 60 tasks with fewer runs',
    },
    {
      name: 'no run says which task it is of',
      seen: seenOf(60, { make: () => ({ task: undefined }) }),
      limits,
      says: 'not counted: 180 runs without a recorded task',
    },
    {
      name: 'no outcome is recorded',
      seen: seenOf(60, { make: () => UNKNOWN }),
      limits,
      says: 'at least 0 % over 60 tasks',
    },
    {
      name: 'more tasks than are kept',
      seen: seenOf(TASK_LIMIT + 1),
      limits,
      says: 'more than 2,000 tasks in one scenario',
    },
    {
      name: 'one scenario without repeated tasks',
      seen: seenOf(90, { plan: two, make: () => scenario(0) }),
      limits,
      context: { plan: two },
      says: 'no task has 3 runs (scenario escalate)',
    },
    { name: 'a rate of 100 %', seen: seenOf(60), limits: { k: 3, rate: 1 }, says: 'limit 100 %' },
  ],
});

describe('reliability/consistency', () => {
  const judge = (seen: ReturnType<typeof seenOf>, of = limits) => check.evaluate(seen, of, aContext());

  it('shows bound, estimate and number of tasks', () => {
    expect(judge(seenOf(50, { make: (task) => (task === 0 ? FAILED : {}) }))).toMatchObject({
      measured: { value: rateLowerBound(49, 50), unit: 'ratio' },
      estimate: { value: 0.98 },
      n: 50,
    });
    expect(judge(seenOf(50, { make: (task) => (task === 0 ? UNKNOWN : {}) }))).not.toHaveProperty('estimate');
  });

  it('rounds fractions of a task towards caution', () => {
    const partly = (tasks: number) =>
      judge(seenOf(50, { times: 4, make: (task, attempt) => (task < tasks && attempt === 0 ? FAILED : {}) }));
    expect(partly(1)).toMatchObject({ measured: { value: rateLowerBound(49, 50) }, estimate: { value: 0.985 } });
    expect(partly(41)).toMatchObject({ measured: { value: rateUpperBound(20, 50) }, estimate: { value: 0.385 } });
  });

  it('asks for what is missing', () => {
    expect(judge(seenOf(28))).toMatchObject({
      missing: { remedy: expect.stringContaining('3 runs each of at least 29 tasks') },
    });
    expect(judge(seenOf(60, { make: () => UNKNOWN }))).toMatchObject({ missing: { input: 'outcomes of runs' } });
    expect(judge(seenOf(60), { k: 3, rate: 1 })).toMatchObject({ missing: { input: 'a rate that runs can prove' } });
  });

  it('misses the true chance in at most 5 of 100 samples of tasks of mixed difficulty', () => {
    // Half of the tasks always succeed, the others nine times in ten; 5 runs, k = 3, so pass^3 of a task is in tenths.
    const [hard, tenths, count] = [0.9, [0, 0, 0, 1, 4, 10], 40];
    const truth = (1 + hard ** 3) / 2;
    const chances = [1, 5, 10, 10, 5, 1].map((ways, c) => 0.5 * ways * hard ** c * (1 - hard) ** (5 - c));
    chances[5] = (chances[5] ?? 0) + 0.5;
    let sums = new Map([[0, 1]]);
    for (let task = 0; task < count; task++) {
      const next = new Map<number, number>();
      for (const [sum, mass] of sums) {
        for (const [c, chance] of chances.entries()) {
          const to = sum + (tenths[c] ?? 0);
          next.set(to, (next.get(to) ?? 0) + mass * chance);
        }
      }
      sums = next;
    }
    let missed = 0;
    for (const [sum, mass] of sums) if (rateLowerBound(Math.floor(sum / 10), count) > truth) missed += mass;
    expect(missed).toBeLessThanOrEqual(0.05);
  });
});
