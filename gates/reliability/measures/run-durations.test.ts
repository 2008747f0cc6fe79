import { describe, expect, it } from 'vitest';
import { aModelCall, anApproval, aPlan, aRef, aRun, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import measure from './run-durations.ts';

const plan = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const waits = aRun({ startMs: 0, durationMs: 90_000, steps: [anApproval({ startMs: 1_000, durationMs: 88_000 })] });

testMeasure(measure, [
  { name: 'nothing from no runs', runs: [], value: undefined },
  {
    name: 'runs by scenario, in microseconds',
    plan,
    runs: [
      aRun({ durationMs: 1_234.5678 }),
      aRun({ ref: aRef(2), durationMs: 9, scenario: { match: 'one', id: 'escalate' } }),
    ],
    value: { summarize: { recorded: 1, distribution: { max: 1_234_568 } }, escalate: { distribution: { max: 9_000 } } },
  },
  {
    name: 'runs without a usable duration apart',
    runs: runs(3, (i) => ({ durationMs: [undefined, Number.NaN, -1][i] })),
    value: { summarize: { recorded: 0, unrecorded: 3, slowest: [] } },
  },
  {
    name: 'an absurd duration as a very long one',
    runs: [aRun({ durationMs: 1e300 })],
    value: { summarize: { recorded: 1, distribution: { max: Number.MAX_SAFE_INTEGER } } },
  },
  {
    name: 'the slowest five runs as witnesses',
    runs: runs(40, (i) => ({ durationMs: i })),
    value: { summarize: { slowest: [39, 38, 37, 36, 35].map((i) => ({ value: i * 1_000, ref: { run: `r${i}` } })) } },
  },
  {
    name: 'a run with an answer from a store apart',
    runs: [aRun({ steps: [aModelCall({ isReplayed: true }), aModelCall()] }), aRun({ ref: aRef(8), kind: 'replayed' })],
    value: { summarize: { recorded: 0, unrecorded: 0, replayed: 2, distribution: { count: 0 } } },
  },
  {
    name: 'a run without the time it waited for a human',
    runs: [waits],
    value: { summarize: { distribution: { max: 2_000_000 } } },
  },
]);

describe('reliability/run-durations', () => {
  it('leaves out runs of no scenario or of several', () => {
    const strays = [aRun({ scenario: { match: 'none' } }), aRun({ scenario: { match: 'one', id: '__proto__' } })];
    expect(() => measured(measure, strays)).toThrow('saw nothing');
  });
});
