import type { Expectation, Plan } from '../../../src/contract/plan.ts';
import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './path-outcomes.ts';

const text = (assertion: number): Expectation => ({ type: 'text', assertion, label: 'text' });
const plan: Plan = aPlan({
  assertions: [{ type: 'is-json', schema: undefined }, { type: 'contains', value: 'x' }, { type: 'is-refusal' }],
  scenarios: [aScenario({ expect: [text(0), text(1)] })],
});
const refusing: Plan = { ...plan, scenarios: [aScenario({ expect: [text(2)] })] };
const one = (...calls: Partial<ModelCall>[]) =>
  aRun({ steps: calls.map((call, i) => aModelCall({ ref: aRef(i + 2), facts: '110', ...call })) });
const fallback: Partial<ModelCall> = { route: 'fallback/0' };
const failed: Partial<ModelCall> = { error: '529', facts: undefined, requestedTools: undefined };

testMeasure(measure, [
  {
    name: 'runs by the model that answered them alone',
    plan,
    runs: [
      one({}),
      one(failed, fallback),
      one({}, fallback),
      one({ route: 'undeclared' }),
      one(fallback, { ...fallback, isReplayed: true }),
    ],
    value: { runs: 5, mixed: 2, runsWithoutCalls: 0, scenarios: { summarize: [{ runs: 1 }, { runs: 2 }] } },
  },
  {
    name: 'a run that nobody answered counts for a fallback that was tried last, and not for the primary',
    plan,
    runs: [one(failed), one(failed, { ...fallback, ...failed }), aRun({ ref: aRef(9), steps: [aToolCall()] })],
    value: {
      runs: 3,
      mixed: 0,
      runsWithoutCalls: 1,
      withoutCallsAt: [{ ref: aRef(9) }],
      scenarios: {
        summarize: [
          { runs: 0 },
          { runs: 1, ended: { good: 0, bad: 1 }, shown: { unknown: 1 }, outputTokens: { unknown: 1 } },
        ],
      },
    },
  },
  {
    name: 'what is expected, and of it the structure',
    plan,
    runs: [one({}), one({ facts: '100' }), one({ facts: '010' }), one({ facts: undefined })],
    value: {
      scenarios: {
        summarize: [
          { shown: { good: 1, bad: 2, unknown: 1 }, structured: { good: 2, bad: 1, unknown: 1 } },
          { runs: 0 },
        ],
      },
    },
  },
  {
    name: 'how the last answer ended',
    plan,
    runs: ['stop', 'tool_calls', 'length', 'content_filter', 'refusal', 'strange'].map((reason) =>
      one({ finish: [reason] }),
    ),
    value: { scenarios: { summarize: [{ ended: { good: 2, bad: 3, unknown: 1 } }, {}] } },
  },
  {
    name: 'a refusal that is expected is a good end',
    plan: refusing,
    runs: [one({ finish: ['refusal'], facts: '001' })],
    value: {
      scenarios: {
        summarize: [{ ended: { good: 1, bad: 0 }, shown: { good: 1 }, structured: { good: 0, bad: 0 } }, {}],
      },
    },
  },
  {
    name: 'tools that any answer asked for',
    plan,
    runs: [
      one({ requestedTools: ['get_case'] }, {}),
      one({ requestedTools: undefined }, {}),
      one({ requestedTools: ['get_case', 'unheard_of'] }, { requestedTools: undefined }),
      aRun({ steps: [aToolCall(), aModelCall({ facts: '110' })] }),
    ],
    value: {
      scenarios: {
        summarize: [
          {
            tools: {
              get_case: { good: 2, bad: 1, unknown: 1 },
              create_case_note: { good: 0, bad: 2, unknown: 2 },
            },
          },
          {},
        ],
      },
    },
  },
  {
    name: 'sizes of all answers of a run together, and runs without one',
    plan,
    runs: [
      one({ durationMs: 1.5, costNanoUsd: 7 }, { durationMs: 2, costNanoUsd: 8 }),
      one({ durationMs: undefined, costNanoUsd: undefined, usage: { ...aModelCall().usage, output: undefined } }),
    ],
    value: {
      scenarios: {
        summarize: [
          {
            outputTokens: { distribution: { count: 1, max: 400 }, unknown: 1 },
            modelMicroseconds: { distribution: { count: 1, max: 3_500 }, unknown: 1 },
            costNanoUsd: { distribution: { count: 1, max: 15 }, unknown: 1 },
          },
          {},
        ],
      },
    },
  },
  {
    name: 'many runs, every fourth on the fallback',
    plan,
    runs: runs(80, (i) => ({ steps: [aModelCall({ ref: aRef(i), facts: '110', ...(i % 4 ? {} : fallback) })] })),
    value: {
      scenarios: {
        summarize: [
          { runs: 60, shown: { good: 60 } },
          { runs: 20, shown: { good: 20 } },
        ],
      },
    },
  },
  {
    name: 'without a declared fallback nothing is compared',
    plan: { ...plan, models: { ...plan.models, fallback: [] } },
    runs: [one({})],
    value: undefined,
  },
]);
