import type { ModelCall, Usage } from '../../../src/contract/run.ts';
import { aModelCall, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './input-sizes.ts';

const { usage } = aModelCall();
const sized = (input: number | undefined, more: Partial<Usage> = {}) => ({ usage: { ...usage, input, ...more } });
const calls = (...list: Partial<ModelCall>[]) => [
  aRun({ steps: list.map((call, i) => aModelCall({ ref: aRef(i + 2), ...call })) }),
];

testMeasure(measure, [
  {
    name: 'the sizes of all calls, the largest first',
    runs: calls(sized(10), sized(30), { route: 'fallback/0', ...sized(20) }),
    value: {
      tokens: { count: 3, min: 10, max: 30 },
      largestAt: [
        { value: 30, ref: aRef(3) },
        { value: 20, ref: aRef(4) },
        { value: 10, ref: aRef(2) },
      ],
      estimated: 0,
    },
  },
  {
    name: 'many runs',
    runs: runs(200, (i) => ({ steps: [aModelCall({ ref: aRef(i), ...sized(1_000 + i * 37) })] })),
    value: { runs: 200, tokens: { count: 200, max: 8_363 } },
  },
  {
    name: 'no call of an undeclared model, but one that does not say which',
    runs: calls({ route: 'undeclared', ...sized(900) }, { route: 'not-recorded', ...sized(40) }),
    value: { tokens: { count: 1, max: 40 } },
  },
  {
    name: 'a total as if all of it were input, and estimates counted',
    runs: calls(
      { usageSource: 'total', ...sized(100, { output: 400 }) },
      { usageSource: 'estimated', ...sized(70) },
      { usageSource: 'total', ...sized(undefined) },
    ),
    value: { tokens: { count: 2, min: 70, max: 500 }, estimated: 2, unknown: { calls: 1, at: [{ ref: aRef(4) }] } },
  },
  {
    name: 'answers without counts as unknown, failed calls without counts not',
    runs: calls(sized(undefined), { error: '529', ...sized(undefined) }, { error: 'timeout', ...sized(50) }),
    value: { tokens: { count: 1, max: 50 }, unknown: { calls: 1, at: [{ ref: aRef(2) }] }, refused: { calls: 0 } },
  },
  {
    name: 'calls that were refused for their length',
    runs: calls(
      { error: 'context_length_exceeded', ...sized(undefined) },
      { error: 'litellm.ContextWindowExceededError', ...sized(undefined) },
      { error: 'prompt is too long: 210000 tokens > 200000 maximum', ...sized(undefined) },
      { error: 'invalid_request_error', ...sized(undefined) },
    ),
    value: { refused: { calls: 3 }, unknown: { calls: 0 } },
  },
  {
    name: 'runs without a recorded call apart',
    runs: [...calls(sized(5)), aRun({ ref: aRef(8), steps: [] })],
    value: { runs: 2, runsWithoutCalls: { calls: 1, at: [{ ref: aRef(8) }] } },
  },
]);
