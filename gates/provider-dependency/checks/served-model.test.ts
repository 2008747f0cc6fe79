import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import servedModels from '../measures/served-models.ts';
import check from './served-model.ts';

const limits = { calls: 0 };
const over = (...calls: Partial<ModelCall>[]) => ({
  seen: {
    servedModels: measured(servedModels, [
      aRun({ steps: calls.map((call, i) => aModelCall({ ref: aRef(i), ...call })) }),
    ]),
  },
});
const other = { servedModel: 'claude-haiku-4-5' };
const foreign = { route: 'undeclared', requestedModel: 'gpt-5' } as const;

testCheck(check, {
  pass: [
    {
      name: 'a dated snapshot of the requested model answers',
      ...over({}, {}),
      limits,
      says: '2 of 2 answers in 1 run came from the requested model',
    },
    {
      name: 'as many violations as the limit',
      ...over({}, other, foreign),
      limits: { calls: 2 },
      says: '1 answer by another model than requested',
    },
    {
      name: 'failed calls serve nothing',
      ...over({}, { error: '529', servedModel: undefined }),
      limits,
      says: '1 of 1 answer',
    },
  ],
  fail: [
    {
      name: 'another model answers',
      ...over({}, other),
      limits,
      says: '1 answer by another model than requested: "claude-sonnet-4-5 → claude-haiku-4-5" (1), of 2 calls in 1 run',
    },
    {
      name: 'an undeclared model is called',
      ...over({}, foreign),
      limits,
      says: '1 call to undeclared models: gpt-5 (1), of 2 calls in 1 run',
    },
    {
      name: 'every call goes to an undeclared model or fails',
      ...over(foreign, foreign, { error: '529', servedModel: undefined }),
      limits,
      says: '2 calls to undeclared models: gpt-5 (2), of 3 calls in 1 run',
    },
    {
      name: 'one violation more than the limit, beside an unknown one',
      ...over(other, other, { servedModel: undefined }),
      limits: { calls: 1 },
      says: '2 answers by another model',
    },
  ],
  inconclusive: [
    {
      name: 'one answer does not name its model',
      ...over({}, { servedModel: undefined }),
      limits,
      says: '1 of 2 answers in 1 run do not say',
    },
    {
      name: 'a call cannot be assigned to a declared model',
      ...over({ route: 'not-recorded', requestedModel: undefined, servedModel: undefined }),
      limits,
      says: '1 of 1 answer',
    },
    {
      name: 'every call failed',
      ...over({ error: '529', servedModel: undefined }),
      limits,
      says: 'no answer of a declared model was recorded',
    },
    {
      name: 'most runs have no recorded model call',
      seen: { servedModels: measured(servedModels, [aRun(), ...runs(99, () => ({ steps: [] }))]) },
      limits,
      says: '1 of 1 answer in 100 runs came from the requested model; 99 runs without a recorded model call',
    },
    { name: 'no model call was recorded', ...over(), limits, says: 'no answer of a declared model was recorded' },
  ],
});
