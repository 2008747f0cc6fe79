import type { Plan } from '../../../src/contract/plan.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './citations.ts';

const source = (name: string, assertion: number | undefined) => ({
  name,
  path: `${name}/**`,
  maxAgeMs: undefined,
  isCited: assertion !== undefined,
  citation: undefined,
  assertion,
});
const withKnowledge = (knowledge: Plan['knowledge']) =>
  aPlan({ knowledge, scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const two = withKnowledge([source('policy', 0), source('glossary', undefined), source('law', 2)]);
const answering = (facts: string | undefined) => [aModelCall({ facts: '111' }), aToolCall(), aModelCall({ facts })];
const tally = { good: 0, bad: 0, unknown: 0 };

testMeasure(measure, [
  {
    name: 'answers that cite the one, the other, neither, and one that is not recorded',
    plan: two,
    runs: runs(20, (i) => ({ ref: aRef(i), steps: answering(['100', '001', '010', undefined][i % 4]) })),
    value: {
      runs: 20,
      tallies: {
        summarize: { good: 10, bad: 5, unknown: 5, badAt: [2, 6, 10, 14, 18].map((i) => ({ value: 1, ref: aRef(i) })) },
        escalate: tally,
      },
      citing: [5, 0, 5],
    },
  },
  {
    name: 'an answer whose facts were judged by an older plan',
    plan: two,
    runs: [aRun({ steps: [aModelCall({ facts: '0' })] })],
    value: { tallies: { summarize: { ...tally, unknown: 1 } } },
  },
  {
    name: 'nothing must be cited',
    plan: withKnowledge([source('glossary', undefined)]),
    runs: runs(3),
    value: { runs: 3, tallies: { summarize: tally }, citing: [0] },
  },
  {
    name: 'no knowledge is declared',
    plan: withKnowledge('none'),
    runs: runs(3),
    value: { runs: 3, tallies: { summarize: tally }, citing: [] },
  },
  {
    name: 'a run in which every call failed or asked for tools',
    plan: two,
    runs: [
      aRun({
        steps: [
          aModelCall({ facts: undefined, requestedTools: ['get_case'] }),
          aModelCall({ facts: undefined, requestedTools: undefined, error: '529' }),
        ],
      }),
    ],
    value: { runs: 1, unanswered: 1, tallies: { summarize: tally }, citing: [0, 0, 0] },
  },
  {
    name: 'a run without a model call',
    plan: two,
    runs: [aRun({ steps: [aToolCall()], scenario: { match: 'one', id: 'escalate' } })],
    value: { tallies: { escalate: { ...tally, unknown: 1 } } },
  },
]);
