import { aModelCall, aPlan, aRef, aRun, aScenario, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import callLoops from './call-loops.ts';

const asking = (n: number) => aModelCall({ requestedTools: Array.from({ length: n }, () => 'search') });
const search = (args: string | undefined) => aToolCall({ tool: 'search', args });
const capped = aPlan({ caps: { ...aPlan().caps, modelCalls: 2, toolCalls: 1 } });

testMeasure(callLoops, [
  {
    name: 'runs without a loop, with and without tools',
    runs: [aRun(), aRun({ steps: [asking(1), search('1'), asking(1), search('2'), aModelCall()] })],
    value: {
      tallies: { summarize: { good: 2, bad: 0, unknown: 0 } },
      repeatedCalls: 0,
      repeatedCycles: 0,
      tools: { total: 0 },
    },
  },
  {
    name: 'repeated calls and cycles, with their tools and runs',
    runs: [
      aRun({ steps: [search('1'), search('1'), search('1')], ref: aRef(8) }),
      aRun({ steps: [search('1'), search('2'), search('1'), search('2'), search('1'), search('2')], ref: aRef(7) }),
    ],
    value: {
      tallies: { summarize: { good: 0, bad: 2, badAt: [7, 8].map((line) => ({ value: 1, ref: aRef(line) })) } },
      repeatedCalls: 1,
      repeatedCycles: 1,
      tools: { total: 2, names: [['search', 2]] },
    },
  },
  {
    name: 'runs above a declared cap, and not those at it',
    plan: capped,
    runs: [
      aRun({ steps: [aModelCall(), aModelCall(), search('1')] }),
      aRun({ steps: [aModelCall(), aModelCall(), aModelCall()] }),
      aRun({ steps: [aModelCall(), search('1'), search('2')] }),
    ],
    value: { tallies: { summarize: { good: 1, bad: 2 } }, aboveModelCalls: 1, aboveToolCalls: 1 },
  },
  {
    name: 'the attempts of one request as one call of a cap',
    plan: capped,
    runs: [aRun({ steps: [aModelCall(), aModelCall({ error: '500', durationMs: 0 }), aModelCall()] })],
    value: { tallies: { summarize: { good: 1, bad: 0 } }, aboveModelCalls: 0 },
  },
  {
    name: 'runs whose calls are not recorded as unknown',
    runs: [
      aRun({ steps: [search(undefined), search(undefined), search(undefined)] }),
      aRun({ steps: [asking(2), asking(1)] }),
      aRun({ steps: [] }),
      aRun({ steps: [asking(1), asking(1)] }),
      aRun({ steps: [search('1')] }),
    ],
    value: { tallies: { summarize: { good: 2, bad: 0, unknown: 3 } }, tools: { total: 0 } },
  },
  {
    name: 'a run above a cap as bad whatever is unknown of it',
    plan: capped,
    runs: [aRun({ steps: [search(undefined), search(undefined), search(undefined)] })],
    value: { tallies: { summarize: { bad: 1, unknown: 0 } } },
  },
  {
    name: 'scenarios apart',
    plan: aPlan({ scenarios: [aScenario(), aScenario({ id: 'escalate' })] }),
    runs: [aRun(), aRun({ scenario: { match: 'one', id: 'escalate' } })],
    value: { tallies: { summarize: { good: 1 }, escalate: { good: 1 } } },
  },
  { name: 'nothing in runs of no scenario', runs: [aRun({ scenario: { match: 'none' } })], value: undefined },
]);
