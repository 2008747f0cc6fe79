import { aModelCall, anApproval, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './call-durations.ts';

testMeasure(measure, [
  { name: 'nothing without a model call', runs: [aRun({ steps: [aToolCall()] })], value: undefined },
  {
    name: 'model calls, tool calls and runs apart',
    runs: [
      aRun({
        durationMs: 5_000,
        steps: [aModelCall({ durationMs: 900 }), aToolCall({ durationMs: 70 }), anApproval()],
      }),
      aRun({ ref: aRef(9), durationMs: undefined, steps: [aModelCall({ ref: aRef(10), durationMs: 1_900 })] }),
    ],
    value: {
      model: {
        recorded: 2,
        unrecorded: 0,
        slowest: [
          { value: 1_900_000, ref: aRef(10) },
          { value: 900_000, ref: aRef(2) },
        ],
        unrecordedAt: [],
      },
      tool: { recorded: 1, unrecorded: 0, slowest: [{ value: 70_000, ref: aRef(3) }], unrecordedAt: [] },
      run: {
        recorded: 1,
        unrecorded: 1,
        slowest: [{ value: 5_000_000, ref: aRef(1) }],
        unrecordedAt: [{ value: 1, ref: aRef(9) }],
      },
    },
  },
  {
    name: 'answers from a store, and runs with one, apart',
    runs: [
      aRun({ steps: [aModelCall({ isReplayed: true }), aModelCall({ ref: aRef(9), isReplayed: false }), aToolCall()] }),
      aRun({ ref: aRef(7), kind: 'replayed', steps: [aModelCall({ ref: aRef(8) })] }),
    ],
    value: {
      model: {
        recorded: 1,
        replayed: 2,
        slowest: [{ ref: aRef(9) }],
        replayedAt: [{ ref: aRef(2) }, { ref: aRef(8) }],
      },
      tool: { recorded: 1, replayed: 0 },
      run: { recorded: 0, unrecorded: 0, replayed: 2, replayedAt: [{ ref: aRef(1) }, { ref: aRef(7) }] },
    },
  },
  {
    name: 'runs without a recorded model call apart',
    runs: [aRun(), aRun({ ref: aRef(8), steps: [aToolCall()] })],
    value: { run: { recorded: 2 }, runsWithoutCalls: 1, withoutCallsAt: [{ value: 1, ref: aRef(8) }] },
  },
  {
    name: 'the time a run waits for a human not as its own',
    runs: [
      aRun({
        startMs: 0,
        durationMs: 100_000,
        steps: [aModelCall(), anApproval({ startMs: 5_000, durationMs: 90_000 })],
      }),
    ],
    value: { run: { recorded: 1, unrecorded: 0, slowest: [{ value: 10_000_000, ref: aRef(1) }], unrecordedAt: [] } },
  },
]);
