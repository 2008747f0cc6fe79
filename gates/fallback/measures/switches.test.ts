import { describe, expect, it } from 'vitest';
import type { ModelCall, Route, Run } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import { switchResult } from '../switch-trial.ts';
import measure from './switches.ts';

const call = (route: Route, overrides: Partial<ModelCall> = {}) => aModelCall({ route, ...overrides });
const down = (route: Route = 'primary') => call(route, { error: '503' });
const stored = (route: Route) => call(route, { isReplayed: true });
const run = (steps: readonly ModelCall[], overrides: Partial<Run> = {}) => aRun({ steps, ...overrides });
const switched = run([down(), call('fallback/0')]);

testMeasure(measure, [
  { name: 'nothing without a model call', runs: [aRun({ steps: [aToolCall()] })], value: undefined },
  {
    name: 'successful, failed and unknown switches with their places',
    runs: [
      { ...switched, ref: aRef(1) },
      { ...switched, ref: aRef(2), outcome: 'failure' },
      { ...switched, ref: aRef(3), outcome: undefined, hasRoot: false },
    ],
    value: {
      calls: 6,
      retried: 0,
      trials: [
        {
          succeeded: 1,
          failed: 1,
          unknown: 1,
          at: { succeeded: [{ ref: aRef(1) }], failed: [{ ref: aRef(2) }], unknown: [{ ref: aRef(3) }] },
        },
      ],
    },
  },
  {
    name: 'an answer from a store apart',
    runs: [run([down(), stored('fallback/0')])],
    value: { retried: 0, replayed: 1, trials: [{ succeeded: 0, failed: 0, unknown: 0 }] },
  },
  {
    name: 'a retry that was enough apart',
    runs: [run([down(), call('primary')])],
    value: { retried: 1, trials: [{ succeeded: 0, failed: 0, unknown: 0 }] },
  },
  {
    name: 'calls without any declared fallback, failed calls to the primary first',
    plan: aPlan({ models: { ...aPlan().models, fallback: [] } }),
    runs: [
      run([
        call('undeclared', { ref: aRef(1) }),
        call('primary', { ref: aRef(2) }),
        call('primary', { ref: aRef(3), error: '503' }),
      ]),
    ],
    value: { calls: 3, trials: [], callsAt: [{ ref: aRef(3) }, { ref: aRef(2) }, { ref: aRef(1) }] },
  },
]);

describe('switchResult', () => {
  const { primary, fallback } = aPlan().models;
  const ONE = { primary, fallback };
  const TWO = { primary, fallback: [...fallback, ...fallback] };
  const trial = (index: number, became: string) => ({ fallback: index, became });

  it.each<[string, readonly ModelCall[], unknown]>([
    ['a healthy primary', [call('primary')], 'not-needed'],
    ['a fallback used by choice', [call('fallback/0'), call('primary')], 'not-needed'],
    ['a retry that was enough', [down(), down(), call('primary')], 'retried'],
    ['a primary that fails again after a retry', [down(), call('primary'), down()], [trial(0, 'failed')]],
    ['a failed primary and nothing else', [down()], [trial(0, 'failed')]],
    ['a failed primary and a model that nobody declared', [down(), call('undeclared')], [trial(0, 'failed')]],
    ['a failed primary and a model that was not recorded', [down(), call('not-recorded')], [trial(0, 'unknown')]],
    ['a switch', [down(), call('fallback/0')], [trial(0, 'succeeded')]],
    ['a fallback call before the failure only', [call('fallback/0'), down()], [trial(0, 'failed')]],
    ['a switch on the second attempt', [down(), down('fallback/0'), call('fallback/0')], [trial(0, 'succeeded')]],
    ['a failed fallback', [down(), down('fallback/0')], [trial(0, 'failed')]],
    [
      'a failed fallback and a primary that came back',
      [down(), down('fallback/0'), call('primary')],
      [trial(0, 'failed')],
    ],
    [
      'two fallbacks in turn',
      [down(), down('fallback/0'), call('fallback/1')],
      [trial(0, 'failed'), trial(1, 'succeeded')],
    ],
    ['the second fallback at once', [down(), call('fallback/1')], [trial(1, 'succeeded')]],
    [
      'a replacement without the failed call',
      [call('fallback/0', { fallbackFrom: 'anthropic' })],
      [trial(0, 'succeeded')],
    ],
    [
      'a replacement of the primary by its model',
      [call('fallback/0', { fallbackFrom: primary.model })],
      [trial(0, 'succeeded')],
    ],
    ['a replacement of something else', [call('fallback/0', { fallbackFrom: 'banana' })], 'not-needed'],
    ['an answer of the fallback from a store', [down(), stored('fallback/0')], 'replayed'],
    ['an answer of the primary from a store', [down(), stored('primary')], 'replayed'],
    ['a fresh answer beside a stored one', [down(), stored('fallback/0'), call('fallback/0')], [trial(0, 'succeeded')]],
    [
      'a failed fallback before a stored answer',
      [down(), down('fallback/0'), stored('fallback/1')],
      [trial(0, 'failed')],
    ],
    ['a stored replacement', [call('fallback/0', { fallbackFrom: 'anthropic', isReplayed: true })], 'replayed'],
    ['a call to a fallback that is not declared', [down(), call('fallback/2')], [trial(0, 'failed')]],
  ])('reads %s', (_, steps, expected) => {
    expect(switchResult(run(steps), TWO)).toEqual(expected);
  });

  it.each([
    [{ outcome: 'failure' }, 'failed'],
    [{ outcome: 'abandoned' }, 'failed'],
    [{ outcome: 'success', error: 'timeout' }, 'failed'],
    [{ outcome: undefined, hasRoot: true }, 'succeeded'],
    [{ outcome: undefined, hasRoot: false }, 'unknown'],
  ] as const)('takes a switch in a run that ended as %j for %s', (ending, became) => {
    expect(switchResult({ ...switched, ...ending }, ONE)).toEqual([trial(0, became)]);
  });
});
