import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './attempts.ts';

const plan = aPlan({ retries: { model: 1, total: 2 } });
const tries = (n: number, line: number, overrides: Partial<ModelCall> = {}) =>
  Array.from({ length: n }, (_, i) =>
    aModelCall({
      attempt: i + 1,
      error: i === n - 1 ? undefined : '429',
      startMs: i * 3_000,
      durationMs: 1_000 + i,
      ref: aRef(line + i),
      ...overrides,
    }),
  );

testMeasure(measure, [
  { name: 'nothing without a model call', runs: [aRun({ steps: [aToolCall()] })], value: undefined },
  {
    name: 'nothing in answers from a store',
    runs: [aRun({ steps: [aModelCall({ isReplayed: true })] })],
    value: undefined,
  },
  {
    name: 'repeated calls, retries and the waits between them',
    plan,
    runs: [
      aRun({ steps: tries(3, 10) }),
      aRun({ ref: aRef(2), steps: tries(2, 20) }),
      aRun({ ref: aRef(3), steps: tries(1, 30) }),
    ],
    value: {
      attempts: 6,
      unnumbered: 0,
      repeatedCalls: 2,
      retries: 3,
      callsOver: 1,
      runsOver: 0,
      mostInCall: [
        { value: 2, ref: aRef(12) },
        { value: 1, ref: aRef(21) },
      ],
      mostInRun: [
        { value: 2, ref: aRef(1) },
        { value: 1, ref: aRef(2) },
      ],
      waits: { count: 3, least: 1_999_000, most: 2_000_000 },
    },
  },
  {
    name: 'a run over its total by calls that are not over theirs',
    plan,
    runs: [aRun({ steps: [...tries(2, 10), ...tries(2, 20), ...tries(2, 30)] })],
    value: { retries: 3, callsOver: 0, runsOver: 1, mostInRun: [{ value: 3, ref: aRef(1) }] },
  },
  {
    name: 'nothing over what is not declared',
    runs: [aRun({ steps: tries(9, 10) })],
    value: { retries: 8, callsOver: 0, runsOver: 0 },
  },
  {
    name: 'attempts without a number and runs without a call apart',
    runs: [aRun(), aRun({ ref: aRef(9), steps: [] }), aRun({ ref: aRef(8), steps: [aModelCall({ resends: 0 })] })],
    value: {
      attempts: 2,
      unnumbered: 1,
      unnumberedAt: [{ ref: aRef(2) }],
      runsWithoutCalls: 1,
      withoutCallsAt: [{ ref: aRef(9) }],
      retries: 0,
      waits: { count: 0, least: 0, most: 0 },
    },
  },
]);
