import type { Plan } from '../../../src/contract/plan.ts';
import type { ModelCall, Step } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure, { type Disclosures } from './disclosures.ts';

const declaring = (assertion: number | undefined): Plan =>
  aPlan({
    evidence: { ...aPlan().evidence, disclosure: { phrase: 'I am an AI', path: undefined, assertion } },
  });
const plan = declaring(1);
const said = aModelCall({ facts: '01' });
const unsaid = aModelCall({ facts: '10' });
const call = (overrides: Partial<ModelCall>) => aModelCall({ facts: undefined, ...overrides });
const nothing = { good: 0, bad: 0, unknown: 0 };
const one = (name: string, steps: readonly Step[], value: Partial<Omit<Disclosures, 'tallies'>>, tally: object) => ({
  name,
  plan,
  runs: [aRun({ steps })],
  value: { runs: 1, ...value, tallies: { summarize: { ...nothing, ...tally } } },
});

testMeasure(measure, [
  {
    name: 'first answers with the phrase, without it, and not recorded',
    plan,
    runs: runs(9, (i) => ({
      ref: aRef(i),
      steps: [[said, unsaid], [unsaid, said], [call({ requestedTools: undefined })]][i % 3] ?? [],
    })),
    value: {
      runs: 9,
      unanswered: 0,
      tallies: {
        summarize: { good: 3, bad: 3, unknown: 3, badAt: [1, 4, 7].map((i) => ({ value: 1, ref: aRef(i) })) },
      },
    },
  },
  one('a phrase beside a request for a tool', [call({ facts: '01', requestedTools: ['x'] }), unsaid], {}, { good: 1 }),
  one('a text before the answer', [call({ facts: '00', requestedTools: ['x'] }), aToolCall(), said], {}, { good: 1 }),
  one('a request without text before the answer', [call({ requestedTools: ['x'] }), said], {}, { good: 1 }),
  one('a call that failed before the answer', [call({ facts: '00', error: '529' }), said], {}, { good: 1 }),
  one('a classifier before the answer', [call({ facts: '00', route: 'undeclared' }), said], {}, { good: 1 }),
  one('nobody was answered', [call({ error: '529', requestedTools: undefined })], { unanswered: 1 }, {}),
  one('only models that are not declared', [call({ facts: '01', route: 'undeclared' })], {}, { unknown: 1 }),
  one('no model call', [aToolCall()], {}, { unknown: 1 }),
  {
    name: 'answers need not hold it',
    plan: declaring(undefined),
    runs: runs(2),
    value: { runs: 2, tallies: { summarize: nothing } },
  },
]);
