import type { Expectation } from '../../../src/contract/plan.ts';
import { aModelCall, aPlan, aRun, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './expectations.ts';

const text = (assertion: number): Expectation => ({ type: 'text', assertion, label: `assertion ${assertion}` });
const plan = (...expect: Expectation[]) => aPlan({ scenarios: [aScenario({ expect })] });
const answer = (facts: string | undefined) => aModelCall({ facts });
const asks = aModelCall({ facts: undefined, requestedTools: ['get_case'] });
const tool: Expectation = { type: 'tool-called', tool: 'get_case', label: 'calls get_case' };

testMeasure(measure, [
  { name: 'nothing from no runs', plan: plan(text(0)), runs: [], value: undefined },
  {
    name: 'the character of each assertion',
    plan: plan(text(0), text(2)),
    runs: runs(4, (i) => ({ steps: [answer(['101', '001', '100', '000'][i])] })),
    value: { summarize: { good: 1, bad: 3, unknown: 0, unmet: [2, 2] } },
  },
  {
    name: 'facts too short for the assertion as unknown',
    plan: plan(text(5)),
    runs: [aRun({ steps: [answer('11')] }), aRun({ steps: [answer('11111x')] })],
    value: { summarize: { unknown: 2, unmet: [0] } },
  },
  {
    name: 'the last answer with text, past calls that failed or asked for tools',
    plan: plan(text(0)),
    runs: [
      aRun({
        steps: [
          answer('0'),
          answer('1'),
          asks,
          aModelCall({ facts: undefined, requestedTools: undefined, error: 'timeout' }),
        ],
      }),
    ],
    value: { summarize: { good: 1 } },
  },
  {
    name: 'an earlier answer not in place of one whose content was not recorded',
    plan: plan(text(0)),
    runs: [
      aRun({ steps: [answer('1'), aModelCall({ facts: undefined, requestedTools: undefined })] }),
      aRun({ steps: [answer('1'), aModelCall({ facts: undefined, requestedTools: [] })] }),
    ],
    value: { summarize: { good: 0, unknown: 2 } },
  },
  {
    name: 'no text at all as unknown, and as bad beside an expectation that does not hold',
    plan: plan(text(0), tool),
    runs: [aRun({ steps: [answer(undefined), aToolCall()] }), aRun({ steps: [answer(undefined)] })],
    value: { summarize: { unknown: 1, bad: 1, unmet: [0, 1] } },
  },
  {
    name: 'a called tool by its name, also when the call failed',
    plan: plan(tool),
    runs: [
      aRun({ steps: [aToolCall({ error: 'timeout' })] }),
      aRun({ steps: [aToolCall({ tool: 'get_case_notes' })] }),
    ],
    value: { summarize: { good: 1, bad: 1 } },
  },
  {
    name: 'a tool step without a name as one that may be the expected',
    plan: plan(tool),
    runs: [aRun({ steps: [aToolCall({ tool: undefined })] })],
    value: { summarize: { unknown: 1, bad: 0 } },
  },
  {
    name: 'runs of a scenario that expects nothing as unknown',
    plan: plan(),
    runs: runs(3),
    value: { summarize: { good: 0, unknown: 3, unmet: [], expected: [] } },
  },
  {
    name: 'what exactly is expected, beyond its label',
    plan: aPlan({
      scenarios: [aScenario({ expect: [text(0), tool] })],
      assertions: [{ type: 'is-json', schema: { type: 'object' } }],
    }),
    runs: runs(1),
    value: { summarize: { expected: ['{"schema":{"type":"object"},"type":"is-json"}', 'calls get_case'] } },
  },
]);
