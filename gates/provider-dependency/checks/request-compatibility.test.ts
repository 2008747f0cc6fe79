import type { ModelRoute } from '../../../src/contract/plan.ts';
import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import requestParameters from '../measures/request-parameters.ts';
import check from './request-compatibility.ts';

const limits = { parameters: 0 };
const { models } = aPlan();
const other = models.fallback[0] ?? models.primary;
const sent = (...parameters: string[]): Partial<ModelCall> => ({ parameters });
const answered = (...parameters: string[]): Partial<ModelCall> => ({ route: 'fallback/0', parameters });
const over = (calls: readonly Partial<ModelCall>[], ...fallback: Partial<ModelRoute>[]) =>
  runsOver([calls], ...fallback);
/** One run per list of calls. */
const runsOver = (lists: readonly (readonly Partial<ModelCall>[])[], ...fallback: Partial<ModelRoute>[]) => {
  const routes = fallback.length === 0 ? [{}] : fallback;
  const plan = aPlan({ models: { ...models, fallback: routes.map((route) => ({ ...other, ...route })) } });
  const runs = lists.map((calls, at) => {
    const steps = calls.map((call, i) => aModelCall({ ref: aRef(100 * at + i + 2), ...call }));
    return aRun({ ref: aRef(100 * at + 1), steps });
  });
  return { seen: { requests: measured(requestParameters, runs, plan) }, context: { plan } };
};
const ANTHROPIC = { provider: 'anthropic', model: 'claude-haiku-4-5' };

testCheck(check, {
  pass: [
    {
      name: 'the fallback takes all that is sent',
      ...over([sent('temperature', 'top_p'), sent('temperature')]),
      limits,
      says: 'models.fallback[0] (gpt-4.1) is not known to refuse any; 2 calls of the primary with temperature (2), top_p (1)',
    },
    {
      name: 'as many refused parameters as the limit',
      ...over([sent('top_k', 'temperature')]),
      limits: { parameters: 1 },
      says: 'models.fallback[0] (gpt-4.1) does not take top_k',
    },
    {
      name: 'answers of the fallback carry what the table says it does not take',
      ...over([sent('top_k'), sent(), answered('top_k')]),
      limits,
      says: 'is not known to refuse any',
    },
    {
      name: 'every call of the primary carries it and no answer of the fallback does: it is left out',
      ...over([sent('topK', 'temperature'), sent('top_k'), answered('temperature')]),
      limits,
      says: 'is not known to refuse any',
    },
    {
      name: 'an API that nobody knows, with answers that show that it works',
      ...over([sent('seed'), answered('seed')], { provider: 'our-own', model: 'llama' }),
      limits,
      says: 'is not known to refuse any',
    },
  ],
  fail: [
    {
      name: 'a parameter that the fallback is known not to take',
      ...over([sent('temperature', 'top_k'), sent('temperature')]),
      limits,
      says: 'models.fallback[0] (gpt-4.1) does not take top_k; 2 calls of the primary with temperature (2), top_k (1)',
    },
    {
      name: 'whatever the spelling, and in a failed call too',
      ...over([{ ...sent('choice.count', 'parallelToolCalls'), error: '529' }], ANTHROPIC),
      limits,
      says: 'does not take n, parallel_tool_calls',
    },
    {
      name: 'sampling parameters of a model without them',
      ...over([sent('temperature')], { model: 'gpt-5' }),
      limits,
      says: 'models.fallback[0] (gpt-5) does not take temperature',
    },
    {
      name: 'one more than the limit, over two fallbacks',
      ...over([sent('seed')], ANTHROPIC, { provider: 'mistral', model: 'mistral-large-2411' }),
      limits: { parameters: 1 },
      says: 'models.fallback[1] (mistral-large-2411) does not take seed',
    },
    {
      name: 'a refused parameter beside calls without recorded parameters',
      ...over([sent('top_k'), {}]),
      limits,
      says: 'does not take top_k',
    },
    {
      name: 'the fallback was only asked, and failed',
      ...over([sent('top_k'), { ...answered('top_k'), error: '400' }]),
      limits,
      says: 'does not take top_k',
    },
  ],
  inconclusive: [
    {
      name: 'a call of the primary without recorded parameters',
      ...over([sent('temperature'), {}]),
      limits,
      says: '1 call without recorded parameters',
    },
    {
      name: 'no parameter was recorded at all',
      ...over([sent(), sent()]),
      limits,
      says: 'no request parameter of the primary is recorded in 1 run: whether none was sent cannot be told',
    },
    {
      name: 'nothing is known of the API of the fallback',
      ...over([sent('seed')], { provider: 'our-own', model: 'llama' }),
      limits,
      says: 'models.fallback[0] (llama): nothing is known of what our-own takes',
    },
    {
      name: 'only some calls carry what no answer of the fallback did',
      ...over([sent('top_k'), sent('temperature'), answered('temperature')]),
      limits,
      says: 'does not take top_k, which only some calls carry and no recorded answer of it did',
    },
    {
      name: 'a run without a recorded call may have sent more',
      ...runsOver([[sent('temperature')], []]),
      limits,
      says: 'is not known to refuse any; 1 call of the primary with temperature (1); 1 run without a recorded model call',
    },
    {
      name: 'no call of the primary',
      ...over([answered('seed')]),
      limits,
      says: '0 calls of the primary with no parameter',
    },
  ],
});
