import type { Dependency, ModelRoute, Plan } from '../../../src/contract/plan.ts';
import { aModelCall, aPlan, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import answeredFallbacks from '../measures/answered-fallbacks.ts';
import check from './single-points-of-failure.ts';

const limits = { tolerated: [], count: 0 };
const { models } = aPlan();
const other = models.fallback[0] ?? models.primary;
const switched = (index = 0) =>
  aRun({ steps: [aModelCall({ error: '529' }), aModelCall({ route: `fallback/${index}`, ref: aRef(9) })] });
const over = (list = [switched()], overrides: Partial<Plan> = {}) => {
  const plan = aPlan(overrides);
  return { seen: { answeredFallbacks: measured(answeredFallbacks, list, plan) }, context: { plan } };
};
const routes = (primary: Partial<ModelRoute>, ...fallback: Partial<ModelRoute>[]) => ({
  models: { primary: { ...models.primary, ...primary }, fallback: fallback.map((route) => ({ ...other, ...route })) },
  manifestLines: { '': 1, '/models/primary': 5, '/models/primary/region': 6, '/models/fallback/0/region': 9 },
});
const store: Dependency = { name: 'case-store', kind: 'saas', vendor: 'x', critical: true, alternative: undefined };

testCheck(check, {
  pass: [
    {
      name: 'the fallback differs in everything and was seen answering',
      ...over(),
      limits,
      says: '0 single points of failure; fallbacks answered after a failure of the primary 1 time in 1 run',
    },
    {
      name: 'two fallbacks differ together',
      ...over(
        [switched(0), switched(1)],
        routes({}, { cloud: 'aws', region: 'us-east-1' }, { provider: 'anthropic', account: 'prod' }),
      ),
      limits,
      says: '0 single points',
    },
    {
      name: 'the primary uses no gateway, whatever the fallback uses',
      ...over([switched()], routes({}, { gateway: undefined })),
      limits,
      says: '0 single points',
    },
    {
      name: 'the fallback uses no gateway, whatever the primary uses',
      ...over([switched()], routes({ gateway: undefined }, {})),
      limits,
      says: '0 single points',
    },
    {
      name: 'another region of the same cloud, the cloud tolerated',
      ...over([switched()], routes({}, { cloud: 'aws', region: 'eu-west-1' })),
      limits: { tolerated: ['cloud'], count: 0 },
      says: '0 single points',
    },
    {
      name: 'exactly as many points as the limit',
      ...over([switched()], { dependencies: [store] }),
      limits: { tolerated: [], count: 1 },
      says: '1 single point of failure: saas case-store',
    },
    {
      name: 'a dependency that is not critical',
      ...over([switched()], { dependencies: [{ ...store, critical: false }] }),
      limits,
      says: '0 single points',
    },
  ],
  fail: [
    {
      name: 'no fallback is declared',
      ...over([aRun()], routes({})),
      limits,
      says: 'model claude-sonnet-4-5, provider anthropic, cloud aws, region us-east-1, account prod: no fallback is declared',
    },
    {
      name: 'every fallback shares region and cloud',
      ...over([switched()], routes({}, { cloud: 'aws', region: 'us-east-1' })),
      limits,
      says: '2 single points of failure: cloud aws, region us-east-1: shared by every declared fallback',
    },
    {
      name: 'both routes go through one gateway',
      ...over([switched()], routes({ gateway: 'llm-hub' }, { gateway: 'llm-hub' })),
      limits,
      says: 'gateway llm-hub',
    },
    {
      name: 'a shared label stands even when the fallback never answered',
      ...over([aRun()], routes({}, { account: 'prod' })),
      limits,
      says: 'account prod: shared by every declared fallback; not shown to be independent: model',
    },
    {
      name: 'a critical dependency has no alternative',
      ...over([switched()], { dependencies: [store], manifestLines: { '': 1, '/dependencies/0': 30 } }),
      limits,
      says: 'saas case-store: critical, and no alternative is declared',
    },
    {
      name: 'one point more than the limit',
      ...over([switched()], { dependencies: [store, { ...store, name: 'queue' }] }),
      limits: { tolerated: [], count: 1 },
      says: '2 single points of failure: saas case-store, saas queue',
    },
  ],
  inconclusive: [
    {
      name: 'the fallback was never seen answering',
      ...over([aRun()]),
      limits,
      says: 'was not seen answering after a failure of the primary',
    },
    {
      name: 'only the fallback that shares the region answered',
      ...over([switched(0)], routes({}, { cloud: 'aws', region: 'us-east-1' }, {})),
      limits,
      says: 'cloud aws, region us-east-1: the fallback that differs was not seen',
    },
    {
      name: 'the region of the primary is not declared',
      ...over([switched()], routes({ region: undefined, cloud: undefined }, {})),
      limits,
      says: 'region: not declared: models.primary.region',
    },
    {
      name: 'no gateway is declared anywhere',
      ...over([switched()], routes({ gateway: undefined }, { gateway: undefined })),
      limits,
      says: 'gateway: not declared: models.primary.gateway, models.fallback[0].gateway (gateway: none where there is none)',
    },
    {
      name: 'the gateway of the only fallback is not declared',
      ...over([switched()], routes({ gateway: 'llm-hub' }, { gateway: undefined })),
      limits,
      says: 'gateway llm-hub: not declared: models.fallback[0].gateway (gateway: none',
    },
    {
      name: 'without any fallback an undeclared gateway is unknown, not a single point',
      ...over([aRun()], routes({ gateway: undefined })),
      limits: { tolerated: ['model', 'provider', 'cloud', 'region', 'account'], count: 0 },
      says: 'gateway: not declared: models.primary.gateway',
    },
    {
      name: 'the account of the fallback is not declared',
      ...over([switched()], routes({}, { account: undefined })),
      limits,
      says: 'not declared: models.fallback[0].account',
    },
  ],
});
