import { aModelCall, aPlan, aRef, aRun, aScenario } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './first-tokens.ts';

const plan = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });

testMeasure(measure, [
  { name: 'nothing from no runs', runs: [], value: undefined },
  {
    name: 'the longest wait of each run, by scenario, in microseconds',
    plan,
    runs: [
      aRun({ steps: [aModelCall({ firstTokenMs: 300 }), aModelCall({ firstTokenMs: 900.5 })] }),
      aRun({ ref: aRef(2), steps: [aModelCall({ firstTokenMs: 7 })], scenario: { match: 'one', id: 'escalate' } }),
    ],
    value: { summarize: { recorded: 1, distribution: { max: 900_500 } }, escalate: { distribution: { max: 7_000 } } },
  },
  {
    name: 'a run that streams nothing as one without a time, which is not zero',
    runs: [aRun({ steps: [aModelCall({ firstTokenMs: undefined })] }), aRun({ ref: aRef(2), steps: [] })],
    value: { summarize: { recorded: 0, unrecorded: 2, distribution: { count: 0 } } },
  },
  {
    name: 'no wait for a call that answered at once beside one that streamed',
    runs: [
      aRun({ steps: [aModelCall({ firstTokenMs: undefined, durationMs: 8_000 }), aModelCall({ firstTokenMs: 40 })] }),
    ],
    value: { summarize: { recorded: 1, distribution: { max: 40_000 } } },
  },
  {
    name: 'all the time of a call that failed before anything came',
    runs: [
      aRun({
        steps: [
          aModelCall({ firstTokenMs: undefined, durationMs: 20_000, error: 'timeout' }),
          aModelCall({ firstTokenMs: 40 }),
        ],
      }),
    ],
    value: { summarize: { recorded: 1, distribution: { max: 20_000_000 } } },
  },
  {
    name: 'no time where a failed call has none',
    runs: [
      aRun({
        steps: [
          aModelCall({ firstTokenMs: undefined, durationMs: undefined, error: 'timeout' }),
          aModelCall({ firstTokenMs: 40 }),
        ],
      }),
    ],
    value: { summarize: { recorded: 0, unrecorded: 1 } },
  },
  {
    name: 'a run with an answer from a store apart',
    runs: [aRun({ steps: [aModelCall({ isReplayed: true, firstTokenMs: 5 })] })],
    value: { summarize: { recorded: 0, unrecorded: 0, replayed: 1 } },
  },
]);
