import { describe, expect, it } from 'vitest';
import type { ModelCall, Route } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import { switchTime } from '../switch-time.ts';
import measure from './switch-times.ts';

/** A call from `startMs` that takes 1 s. */
const call = (route: Route, startMs: number | undefined, overrides: Partial<ModelCall> = {}) =>
  aModelCall({ route, startMs, durationMs: 1_000, ...overrides });
const down = (startMs: number | undefined, route: Route = 'primary') => call(route, startMs, { error: '503' });
const { models } = aPlan();

testMeasure(measure, [
  { name: 'nothing without a model call', runs: [aRun({ steps: [aToolCall()] })], value: undefined },
  {
    name: 'times, endless and unknown waits apart from runs that needed no switch',
    runs: [
      aRun({ steps: [down(0), call('fallback/0', 2_000.5)] }),
      aRun({ ref: aRef(2), steps: [down(0)] }),
      aRun({ ref: aRef(3), steps: [down(undefined), call('fallback/0', 2_000)] }),
      aRun({ ref: aRef(4), steps: [call('primary', 0)] }),
      aRun({ ref: aRef(5), steps: [down(0), call('fallback/0', 1_000, { isReplayed: true })] }),
    ],
    value: {
      calls: 8,
      scenarios: {
        summarize: {
          distribution: { count: 2, min: 3_000_500, max: Number.MAX_SAFE_INTEGER },
          unanswered: 1,
          unknown: 1,
          replayed: 1,
          slowest: [{ ref: aRef(2) }, { value: 3_000_500, ref: aRef(1) }],
          unknownAt: [{ ref: aRef(3) }],
        },
      },
    },
  },
]);

describe('switchTime', () => {
  it.each<[string, readonly ModelCall[], unknown]>([
    ['a healthy primary', [call('primary', 0)], 'not-needed'],
    ['a fallback used by choice', [call('fallback/0', 0)], 'not-needed'],
    ['a retry that was enough', [down(0), call('primary', 2_000)], 'not-needed'],
    ['a switch', [down(0), call('fallback/0', 1_000)], 2_000],
    ['a switch after retries of the primary', [down(0), down(1_500), call('fallback/0', 5_000)], 6_000],
    ['a switch after a failed fallback', [down(0), down(1_000, 'fallback/0'), call('fallback/1', 2_000)], 3_000],
    [
      'a failure after a retry that was enough',
      [down(0), call('primary', 2_000), down(9_000), call('fallback/0', 9_500)],
      1_500,
    ],
    ['an answer of the primary beside the failure', [down(0), call('primary', 500), call('fallback/0', 2_000)], 3_000],
    ['the first answer of a fallback', [down(0), call('fallback/0', 1_000), call('fallback/0', 9_000)], 2_000],
    ['no answer of any fallback', [down(0), down(1_000, 'fallback/0')], 'unanswered'],
    ['an answer of a model that nobody declared', [down(0), call('undeclared', 1_000)], 'unanswered'],
    ['an answer of a model that is not recorded', [down(0), call('not-recorded', 1_000)], 'unknown'],
    [
      'a replacement of a failed call that is not recorded',
      [call('fallback/0', 0, { fallbackFrom: 'anthropic' })],
      'unknown',
    ],
    ['a failure without a start', [down(undefined), call('fallback/0', 0)], 'unknown'],
    ['an answer without an end', [down(0), call('fallback/0', 0, { durationMs: undefined })], 'unknown'],
    ['an answer before the failure', [down(5_000), call('fallback/0', 0)], 'unknown'],
    ['an answer from a store', [down(0), call('fallback/0', 1_000, { isReplayed: true })], 'replayed'],
    [
      'a fresh answer after one from a store',
      [down(0), call('primary', 1_000, { isReplayed: true }), call('fallback/0', 2_000)],
      3_000,
    ],
  ])('reads %s', (_, steps, expected) => {
    expect(switchTime(aRun({ steps }), models)).toBe(expected);
  });

  it('takes no time from a run that was replayed', () => {
    const replayed = (...steps: ModelCall[]) => switchTime(aRun({ kind: 'replayed', steps }), models);
    expect(replayed(down(0), call('fallback/0', 1_000))).toBe('replayed');
    expect(replayed(down(0))).toBe('replayed');
    expect(replayed(call('primary', 0))).toBe('not-needed');
  });
});
