import type { Dependency, ModelRoute } from '../../../src/contract/plan.ts';
import type { Route } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import routeCalls from '../measures/route-calls.ts';
import check from './concentration.ts';

const { models } = aPlan();
const other = models.fallback[0] ?? models.primary;
const ROUTES: Readonly<Record<string, Route>> = { p: 'primary', f: 'fallback/0', g: 'fallback/1', u: 'undeclared' };
/** `p30 f10` is 30 runs with a call of the primary each, then 10 with one of the fallback. */
const runsOf = (text: string) =>
  text.split(' ').flatMap((part, at) =>
    Array.from({ length: Number(part.slice(1)) }, (_, i) => {
      const route = ROUTES[part[0] ?? ''] ?? 'not-recorded';
      return aRun({ steps: [aModelCall({ ref: aRef(1_000 * at + i), route })] });
    }),
  );
const NO_LIMITS = {
  share: undefined,
  effective: undefined,
  modelShare: undefined,
  makerShare: undefined,
  cloudShare: undefined,
  regionShare: undefined,
  accountShare: undefined,
  gatewayShare: undefined,
  dependencyShare: undefined,
};
const limits = (some: Partial<Record<keyof typeof NO_LIMITS, number>>) => ({ ...NO_LIMITS, ...some });
const routes = (primary: Partial<ModelRoute>, ...fallback: Partial<ModelRoute>[]) => ({
  primary: { ...models.primary, ...primary },
  fallback: fallback.map((route) => ({ ...other, ...route })),
});
const over = (text: string, declared = routes({}, {}), dependencies: readonly Dependency[] = []) => {
  const plan = aPlan({
    models: declared,
    dependencies,
    manifestLines: { '': 1, '/models/primary/provider': 4, '/dependencies/0/vendor': 20 },
  });
  return { seen: { calls: measured(routeCalls, runsOf(text), plan) }, context: { plan } };
};
const critical = (vendor: string | undefined): Dependency => ({
  name: 'case-store',
  kind: 'saas',
  vendor,
  critical: true,
  alternative: undefined,
});
const twoScenarios = [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })];

testCheck(check, {
  pass: [
    {
      name: 'half of the traffic goes to either vendor',
      ...over('p100 f100'),
      limits: limits({ share: 0.6, effective: 1.9 }),
      says: 'vendor: anthropic 50 %, openai 50 %, effective number 2 (HHI 0.5); model: claude-sonnet-4-5 50 %, gpt-4.1 50 %',
    },
    {
      name: 'exactly at the limit, which nothing can exceed',
      ...over('p100'),
      limits: limits({ share: 1 }),
      says: 'the largest share of one vendor is at most 100 % with 95 % confidence, limit 100 %; vendor: anthropic 100 %',
    },
    {
      name: 'one effective vendor, where no more is asked for',
      ...over('p100'),
      limits: limits({ effective: 1 }),
      says: 'the effective number of vendors is at least 1 ',
    },
    {
      name: 'no call goes through a gateway',
      ...over('p100 f100'),
      limits: limits({ gatewayShare: 0.1 }),
      says: 'the largest share of one gateway is at most 1.3',
    },
    {
      name: 'a fallback without labels that carries nothing',
      ...over('p100 f100', routes({}, {}, { cloud: undefined, region: undefined })),
      limits: limits({ cloudShare: 0.7 }),
      says: 'cloud: aws 50 %, azure 50 %, effective number 2',
    },
    {
      name: 'critical dependencies of different vendors',
      ...over('p100', routes({}, {}), [
        critical('acme'),
        critical('Initech'),
        { ...critical('acme'), critical: false },
      ]),
      limits: limits({ dependencyShare: 0.5 }),
      says: 'the largest share of one vendor of critical dependencies is at most 50 %',
    },
    {
      name: 'critical dependencies of different vendors, beside a run without a recorded model call',
      ...over('p100', routes({}, {}), [critical('acme'), critical('initech')]),
      seen: { calls: measured(routeCalls, [...runsOf('p100'), aRun({ ref: aRef(9_000), steps: [] })]) },
      limits: limits({ dependencyShare: 0.5 }),
      says: 'is at most 50 %',
    },
    {
      name: 'some undeclared calls that change nothing',
      ...over('p100 f100 u1'),
      limits: limits({ share: 0.65 }),
      says: 'unknown 0.498 %, effective number 2.02',
    },
  ],
  fail: [
    {
      name: 'nearly everything goes to one vendor',
      ...over('p190 f10'),
      limits: limits({ share: 0.9 }),
      says: 'the largest share of one vendor is at least 91.',
    },
    {
      name: 'one vendor under two clouds and two models',
      ...over('p100 f100', routes({}, { provider: 'anthropic' })),
      limits: limits({ share: 0.9 }),
      says: 'vendor: anthropic 100 %, effective number 1 (HHI 1); model: claude-sonnet-4-5 50 %',
    },
    {
      name: 'too few vendors in effect',
      ...over('p95 f5'),
      limits: limits({ effective: 1.5 }),
      says: 'the effective number of vendors is at most 1.2',
    },
    {
      name: 'one maker behind two vendors',
      ...over('p100 f100', routes({}, { provider: 'aws', model: 'anthropic.claude-haiku-4-5-20251001-v1:0' })),
      limits: limits({ share: 0.6, makerShare: 0.6 }),
      says: 'the largest share of one maker of models is at least',
    },
    {
      name: 'two names of one cloud',
      ...over('p100 f100', routes({ cloud: 'gcp' }, { cloud: 'Google Cloud' })),
      limits: limits({ cloudShare: 0.6 }),
      says: 'the largest share of one cloud is at least',
    },
    {
      name: 'everything through one gateway',
      ...over('p100 f100', routes({ gateway: 'hub' }, { gateway: 'hub' })),
      limits: limits({ gatewayShare: 0.6 }),
      says: 'the largest share of one gateway is at least',
    },
    {
      name: 'most critical dependencies are of one vendor',
      ...over('p100', routes({}, {}), [critical('Acme'), critical('acme '), critical('initech')]),
      limits: limits({ dependencyShare: 0.6 }),
      says: 'the largest share of one vendor of critical dependencies is at least 66.67 % with 95 % confidence, limit 60 %',
    },
    {
      name: 'whatever the undeclared calls were',
      ...over('p190 u10'),
      limits: limits({ share: 0.85 }),
      says: 'at least 91.',
    },
  ],
  inconclusive: [
    {
      name: 'few runs, all on one vendor',
      ...over('p29'),
      limits: limits({ share: 0.5 }),
      says: 'is 100 % by estimate, limit 50 %; too few runs for a bound: 29 of 30 runs in all',
    },
    {
      name: 'a share just over what the runs prove',
      ...over('p96 f4'),
      limits: limits({ share: 0.95 }),
      says: 'more runs in this mix decide it',
    },
    {
      name: 'a share that no run showed, smaller than the runs can rule out',
      ...over('p30'),
      limits: limits({ gatewayShare: 0.01 }),
      says: 'limit 1 %; more runs in this mix decide it',
    },
    {
      name: 'the cloud of a route with traffic is not declared',
      ...over('p100 f100', routes({}, { cloud: undefined })),
      limits: limits({ cloudShare: 0.7 }),
      says: 'is at most 100 % with 95 % confidence, limit 70 %; not declared: models.fallback[0].cloud',
    },
    {
      name: 'who made a deployment is not known',
      ...over('p100 f100', routes({}, { model: 'prod-chat' })),
      limits: limits({ makerShare: 0.7 }),
      says: 'not known who made prod-chat',
    },
    {
      name: 'too many undeclared calls',
      ...over('p50 f50 u100'),
      limits: limits({ share: 0.5 }),
      says: 'some answers came from no declared model',
    },
    {
      name: 'enough vendors only if the undeclared calls were none of theirs',
      ...over('p100 f100 u100'),
      limits: limits({ effective: 1.9 }),
      says: 'the effective number of vendors is at least 1.7',
    },
    {
      name: 'a critical dependency without a vendor',
      ...over('p100', routes({}, {}), [critical('acme'), critical(undefined)]),
      limits: limits({ dependencyShare: 0.5 }),
      says: 'no vendor is declared for case-store',
    },
    {
      name: 'no critical dependency is declared',
      ...over('p100'),
      limits: limits({ dependencyShare: 0.5 }),
      says: 'no critical dependency is declared',
    },
    {
      name: 'a scenario with traffic has no run',
      seen: { calls: measured(routeCalls, runsOf('p100'), aPlan({ scenarios: twoScenarios })) },
      context: { plan: aPlan({ scenarios: twoScenarios }) },
      limits: limits({ share: 0.5 }),
      says: 'escalate has 0 of 10 runs',
    },
    {
      name: 'runs without a recorded model call',
      ...over('p100 f100'),
      seen: { calls: measured(routeCalls, [...runsOf('p100 f100'), aRun({ ref: aRef(9_000), steps: [] })]) },
      limits: limits({ share: 0.7 }),
      says: '1 run without a recorded model call',
    },
    { name: 'no limit is set', ...over('p100'), limits: NO_LIMITS, says: 'no limit is set; vendor: anthropic 100 %' },
  ],
});
