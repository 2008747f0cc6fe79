import type { ModelCall, Usage } from '../../../src/contract/run.ts';
import { aModelCall, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './behaviours.ts';

const usage = (input: number | undefined, output: number | undefined): Usage => ({
  ...aModelCall().usage,
  input,
  output,
});
const uses = (input: number | undefined, output: number | undefined, call: Partial<ModelCall> = {}) =>
  aModelCall({ usage: usage(input, output), ...call });
const silent = aModelCall({ finish: undefined, text: undefined, facts: undefined, requestedTools: undefined });

testMeasure(measure, [
  { name: 'nothing from no runs', runs: [], value: undefined },
  {
    name: 'tokens of all calls of a run, failed ones included',
    runs: [
      aRun({ steps: [uses(100, 20), uses(300, 5, { error: '503' }), uses(undefined, undefined, { error: '429' })] }),
      aRun({ ref: aRef(2), steps: [uses(1, 0)] }),
    ],
    value: {
      summarize: {
        runs: 2,
        tokens: {
          distribution: { count: 2, min: 1, max: 425 },
          unknown: 0,
          estimated: 0,
          most: [
            { value: 425, ref: aRef(1) },
            { value: 1, ref: aRef(2) },
          ],
        },
      },
    },
  },
  {
    name: 'runs whose tokens are not all recorded apart, and estimates',
    runs: [
      aRun({ steps: [uses(100, 20), uses(100, undefined)] }),
      aRun({ ref: aRef(2), steps: [] }),
      aRun({ ref: aRef(3), steps: [uses(5, 5, { usageSource: 'estimated' })] }),
    ],
    value: {
      summarize: {
        tokens: {
          distribution: { count: 1 },
          unknown: 2,
          unknownAt: [{ ref: aRef(1) }, { ref: aRef(2) }],
          estimated: 1,
        },
      },
    },
  },
  {
    name: 'executed tools by name, and runs without any as one call of nothing',
    runs: [
      aRun({ steps: [aToolCall(), aToolCall(), aToolCall({ tool: 'create_case_note' })] }),
      aRun({ ref: aRef(2), steps: [aModelCall()] }),
    ],
    value: {
      summarize: {
        tools: {
          calls: {
            total: 3,
            names: [
              ['create_case_note', 1],
              ['get_case', 2],
            ],
          },
          runsWithout: 1,
          squares: 10,
          most: [
            { value: 3, ref: aRef(1) },
            { value: 0, ref: aRef(2) },
          ],
        },
      },
    },
  },
  {
    name: 'tools that answers asked for where no execution is recorded',
    runs: [
      aRun({ steps: [aModelCall({ requestedTools: ['get_case', 'get_case'] }), aModelCall()] }),
      aRun({ steps: [aModelCall({ requestedTools: ['get_case'] }), aToolCall({ tool: 'log' })] }),
    ],
    value: {
      summarize: {
        tools: {
          calls: {
            names: [
              ['get_case', 2],
              ['log', 1],
            ],
          },
          unknown: 0,
        },
      },
    },
  },
  {
    name: 'runs that do not tell their tools apart',
    runs: runs(5, (i) => ({
      steps:
        [
          [silent],
          [aModelCall({ finish: ['tool_calls'], requestedTools: undefined })],
          [aModelCall({ finish: ['tool_calls'], requestedTools: [] })],
          [aToolCall(), aToolCall({ tool: undefined })],
          [{ ...silent, error: '503' }, aModelCall({ requestedTools: undefined })],
        ][i] ?? [],
    })),
    value: { summarize: { tools: { unknown: 4, runsWithout: 1, calls: { total: 0 } } } },
  },
  {
    name: 'served models of calls that did not fail',
    runs: [
      aRun({ steps: [aModelCall({ servedModel: 'a' }), aModelCall({ servedModel: 'b', error: '503' })] }),
      aRun({ steps: [aModelCall({ servedModel: 'a' }), aModelCall({ servedModel: undefined })] }),
    ],
    value: { summarize: { served: { total: 2, names: [['a', 2]] } } },
  },
]);
