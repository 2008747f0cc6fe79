import type { Dependency, ModelRoute } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import calledModels from '../measures/called-models.ts';
import type { Fate } from '../shared-fate.ts';
import check from './fallback-independence.ts';

const { models } = aPlan();
const other = models.fallback[0] ?? models.primary;
const answered = (...indexes: number[]) =>
  aRun({ steps: [aModelCall(), ...indexes.map((i) => aModelCall({ route: `fallback/${i}`, ref: aRef(9 + i) }))] });
const over = (
  primary: Partial<ModelRoute> = {},
  fallback: readonly Partial<ModelRoute>[] = [{}],
  { runs = [answered(0)], dependencies = [] }: { runs?: readonly Run[]; dependencies?: readonly Dependency[] } = {},
) => {
  const plan = aPlan({
    models: { primary: { ...models.primary, ...primary }, fallback: fallback.map((route) => ({ ...other, ...route })) },
    dependencies,
    manifestLines: { '': 1, '/models/primary': 4, '/models/primary/cloud': 6, '/models/fallback/0': 9 },
  });
  return { seen: { called: measured(calledModels, runs, plan) }, context: { plan } };
};
const limits: { tolerated: readonly Fate[] } = { tolerated: [] };
const store: Dependency = { name: 'case-store', kind: 'saas', vendor: 'aws', critical: true, alternative: undefined };

testCheck(check, {
  pass: [
    {
      name: 'another vendor in another cloud on another account, seen answering',
      ...over(),
      limits,
      says: 'models.fallback[0] (gpt-4.1) shares none of provider, cloud, region, account, gateway with the primary, and answered 1 time in 1 run',
    },
    {
      name: 'one independent fallback behind a dependent one',
      ...over({}, [{ cloud: 'aws', region: 'us-east-1' }, {}], { runs: [answered(1)] }),
      limits,
      says: 'models.fallback[1] (gpt-4.1) shares none',
    },
    {
      name: 'another region of the same cloud, the cloud tolerated',
      ...over({}, [{ cloud: 'aws', region: 'eu-west-1' }]),
      limits: { tolerated: ['cloud'] },
      says: 'except what is tolerated: cloud aws, and answered',
    },
    {
      name: 'everything tolerated',
      ...over({}, [models.primary]),
      limits: { tolerated: ['provider', 'cloud', 'region', 'account', 'gateway'] },
      says: 'except what is tolerated: provider anthropic, cloud aws, region us-east-1, account prod, and answered',
    },
    {
      name: 'what is not declared, tolerated, is not said to differ',
      ...over({}, [{ account: undefined }]),
      limits: { tolerated: ['account'] },
      says: 'shares none of provider, cloud, region, gateway with the primary, not known but tolerated: account, and answered',
    },
    {
      name: 'a model of the same maker, which is said',
      ...over({}, [{ provider: 'google', model: 'claude-haiku-4-5@20251001', cloud: 'gcp' }]),
      limits,
      says: '; both models are made by anthropic',
    },
    {
      name: 'dependencies that fall with the primary, which are said',
      ...over({}, [{}], {
        dependencies: [
          { ...store, name: 'queue', critical: false },
          { ...store, name: 'mail', alternative: 'sendmail' },
          { ...store, name: 'maps', vendor: undefined },
          { ...store, name: 'crm', vendor: 'acme' },
          { ...store, name: 'none', kind: 'gateway', vendor: undefined },
          store,
          { ...store, name: 'aws', kind: 'cloud', vendor: undefined },
        ],
      }),
      limits,
      says: '; without an alternative and with the vendor or cloud of the primary: saas case-store, cloud aws',
    },
    {
      name: 'a dependency that falls with both, which is said',
      ...over({}, [{ cloud: 'aws', region: 'eu-west-1' }], { dependencies: [store] }),
      limits: { tolerated: ['cloud'] },
      says: '; of these also with the fallback: saas case-store',
    },
  ],
  fail: [
    {
      name: 'the only fallback is in the same cloud and region',
      ...over({}, [{ cloud: 'AWS', region: 'us-east-1' }]),
      limits,
      says: 'shared fate: models.fallback[0] (gpt-4.1) with the primary: cloud aws, region us-east-1',
    },
    {
      name: 'another region of the same cloud',
      ...over({}, [{ cloud: 'aws', region: 'eu-west-1' }]),
      limits,
      says: 'with the primary: cloud aws',
    },
    {
      name: 'the same region, although the cloud is tolerated',
      ...over({}, [{ cloud: 'aws', region: 'us-east-1' }]),
      limits: { tolerated: ['cloud'] },
      says: 'with the primary: region us-east-1',
    },
    {
      name: 'each of two fallbacks shares something else',
      ...over({}, [{ account: 'prod' }, { provider: 'Anthropic' }], { runs: [answered(0, 1)] }),
      limits,
      says: 'with the primary: account prod; models.fallback[1] (gpt-4.1) with the primary: provider anthropic',
    },
    {
      name: 'both behind one gateway',
      ...over({ gateway: 'hub' }, [{ gateway: 'Hub' }]),
      limits,
      says: 'with the primary: gateway hub',
    },
    {
      name: 'a shared label decides although others are not declared',
      ...over({ region: undefined }, [{ cloud: 'aws', gateway: undefined }], { runs: [aRun()] }),
      limits,
      says: 'with the primary: cloud aws',
    },
  ],
  inconclusive: [
    {
      name: 'the independent fallback never answered',
      ...over({}, [{}], { runs: [aRun()] }),
      limits,
      says: 'declared independent, but no answer is recorded in 1 run: models.fallback[0] (gpt-4.1)',
    },
    {
      name: 'only the dependent fallback answered',
      ...over({}, [{ cloud: 'aws' }, {}]),
      limits,
      says: 'no answer is recorded in 1 run: models.fallback[1]',
    },
    {
      name: 'the fallback answered from a store only',
      ...over({}, [{}], { runs: [aRun({ steps: [aModelCall({ route: 'fallback/0', isReplayed: true })] })] }),
      limits,
      says: 'no answer is recorded',
    },
    {
      name: 'cloud and account of the fallback are not declared',
      ...over({}, [{ cloud: undefined, account: undefined }]),
      limits,
      says: 'not declared: models.fallback[0].cloud; not declared: models.fallback[0].account',
    },
    {
      name: 'the gateways are not declared',
      ...over({ gateway: undefined }, [{ gateway: undefined }]),
      limits,
      says: 'not declared: models.primary.gateway, models.fallback[0].gateway (gateway: none where there is none)',
    },
    {
      name: 'one fallback shares the cloud, the other is not labelled',
      ...over({}, [{ cloud: 'aws' }, { account: undefined }], { runs: [answered(0, 1)] }),
      limits,
      says: 'not declared: models.fallback[1].account; shared fate: models.fallback[0] (gpt-4.1) with the primary: cloud aws',
    },
  ],
});
