import type { Run } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './answers.ts';

const ending = (...finish: string[]): Partial<Run> => ({ steps: [aModelCall({ finish })] });
const requested = aModelCall({ finish: ['tool_calls'], text: '', requestedTools: ['get_case'] });

testMeasure(measure, [
  { name: 'nothing from no runs', runs: [], value: undefined },
  {
    name: 'complete, silently failed, open and badly ended runs apart',
    runs: runs(6, (i) => [ending('stop'), ending('length'), ending('SAFETY'), ending(), { error: 'timeout' }][i] ?? {}),
    value: {
      toolCalls: 0,
      scenarios: {
        summarize: {
          failedRuns: 1,
          ends: { complete: 2, cut: 1, withheld: 1, unrecorded: 1 },
          silentAt: [{ ref: { run: 'r1' } }, { ref: { run: 'r2' } }],
          openAt: [{ ref: { run: 'r3' } }],
        },
      },
    },
  },
  {
    name: 'requests that nothing answers apart, and the tool calls that are recorded at all',
    runs: [aRun({ ref: aRef(1), steps: [requested] }), aRun({ ref: aRef(2), steps: [requested, aToolCall()] })],
    value: {
      toolCalls: 1,
      scenarios: { summarize: { ends: { unanswered: 1, tool: 1 }, unansweredAt: [{ ref: aRef(1) }] } },
    },
  },
  {
    name: 'runs that all ended badly',
    runs: runs(2, () => ({ outcome: 'failure' })),
    value: { scenarios: { summarize: { failedRuns: 2, ends: {} } } },
  },
  {
    name: 'scenarios apart',
    plan: aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] }),
    runs: [aRun(), aRun({ scenario: { match: 'one', id: 'escalate' }, ...ending('length') })],
    value: { scenarios: { summarize: { ends: { complete: 1 } }, escalate: { ends: { cut: 1 } } } },
  },
]);
