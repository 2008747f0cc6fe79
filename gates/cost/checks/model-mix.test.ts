import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, anEmbedding, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import callPrices from '../measures/call-prices.ts';
import check from './model-mix.ts';

const limits = { undeclared: 0, fallback: undefined };
const DOLLAR = 1_000_000_000;
const call = (route: ModelCall['route'], usd = 1, more: Partial<ModelCall> = {}): Partial<ModelCall> => ({
  route,
  costNanoUsd: usd * DOLLAR,
  listNanoUsd: usd * DOLLAR,
  ...more,
});
const seen = (...calls: Partial<ModelCall>[]) => ({
  prices: measured(callPrices, [aRun({ steps: calls.map((some, i) => aModelCall({ ref: aRef(i + 2), ...some })) })]),
});

testCheck(check, {
  pass: [
    {
      name: 'declared models alone, the dearest first',
      seen: seen(call('primary'), call('primary'), call('fallback/0', 3)),
      limits,
      says: '0 % of calls on models that are not declared, limit 0 % (3 model calls); cost at list price: gpt-4.1 3 USD, claude-sonnet-4-5 2 USD',
    },
    {
      name: 'exactly as many undeclared calls as may be',
      seen: seen(call('primary'), call('primary'), call('primary'), call('undeclared', 1, { requestedModel: 'gpt-x' })),
      limits: { undeclared: 0.25, fallback: undefined },
      says: 'models that are not declared (gpt-x (1)) 1 USD',
    },
    {
      name: 'exactly as many calls on fallbacks as may be',
      seen: seen(call('primary'), call('fallback/0')),
      limits: { undeclared: 0, fallback: 0.5 },
      says: ', 50 % of calls on fallbacks, limit 50 % (2 model calls)',
    },
    {
      name: 'embeddings, which no model is declared for',
      seen: { prices: measured(callPrices, [aRun({ steps: [aModelCall(), anEmbedding()] })]) },
      limits,
      says: '(1 model call)',
    },
    {
      name: 'calls without a model name within what may be undeclared',
      seen: seen(call('primary'), call('not-recorded')),
      limits: { undeclared: 0.5, fallback: undefined },
      says: '1 call without a model name 1 USD',
    },
  ],
  fail: [
    {
      name: 'one undeclared call among many',
      seen: seen(
        ...Array.from({ length: 99 }, () => call('primary')),
        call('undeclared', 1, { requestedModel: 'gpt-x' }),
      ),
      limits,
      says: '1 % of calls on models that are not declared, limit 0 % (100 model calls)',
    },
    {
      name: 'just over the share of fallbacks',
      seen: seen(call('primary'), call('fallback/0'), call('fallback/0')),
      limits: { undeclared: 0, fallback: 0.66 },
      says: '66.67 % of calls on fallbacks, limit 66 %',
    },
    {
      name: 'undeclared calls whatever else is not known',
      seen: seen(call('undeclared'), call('not-recorded')),
      limits,
      says: '50 % of calls on models that are not declared',
    },
    {
      name: 'a hostile model name, shown without effect',
      seen: seen(call('undeclared', 1, { requestedModel: '\u001b[2Jx' })),
      limits,
      says: '\\u{1b}[2Jx (1)',
    },
  ],
  inconclusive: [
    {
      name: 'a call without a model name',
      seen: seen(call('primary'), call('not-recorded')),
      limits,
      says: '1 call without a model name; 0 % of calls on models',
    },
    {
      name: 'calls without a model name that may have gone to fallbacks',
      seen: seen(call('primary'), call('not-recorded')),
      limits: { undeclared: 1, fallback: 0.1 },
      says: '1 call without a model name; ',
    },
    {
      name: 'a run without a recorded model call',
      seen: { prices: measured(callPrices, [aRun(), aRun({ ref: aRef(9), steps: [] })]) },
      limits,
      says: '1 run without a recorded model call; 0 % of calls',
    },
  ],
});
