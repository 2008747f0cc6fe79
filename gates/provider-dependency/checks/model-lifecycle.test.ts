import type { ModelLifecycle } from '../../../src/contract/lifecycle.ts';
import type { ModelRoute } from '../../../src/contract/plan.ts';
import type { Step } from '../../../src/contract/run.ts';
import { aModelCall, anEmbedding, aPlan, aRef, aRun, NO_TABLES } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import calledModels from '../measures/called-models.ts';
import check from './model-lifecycle.ts';

const limits = { noticeDays: 90, unknown: 0, tableAgeDays: undefined };
const { models } = aPlan();
const primary: ModelRoute = { ...models.primary, model: 'claude-sonnet-5', cloud: undefined };
const fallback: ModelRoute = {
  provider: 'openai',
  model: 'gpt-5.1',
  cloud: undefined,
  region: undefined,
  account: undefined,
  gateway: undefined,
};

/** `anthropic/claude-sonnet-5: active 2027-02-14`. */
const table = (...rows: string[]) => {
  const parsed = rows.map((row): ModelLifecycle => {
    const [key = '', state = ''] = row.split(': ');
    const [provider = '', model = ''] = key.split('/');
    const [status, shutdown, replacement] = state.split(' ');
    if (status !== 'active' && status !== 'deprecated' && status !== 'retired') throw new Error(row);
    return { provider, model, status, shutdown, replacement };
  });
  return (provider: string, model: string) =>
    parsed.find((row) => row.provider === provider && row.model === model.replace(/^us\.anthropic\.|-v1:0$/g, ''));
};
const ACTIVE = ['anthropic/claude-sonnet-5: active', 'openai/gpt-5.1: active'];
const over = (
  rows: readonly string[],
  routes: { primary?: Partial<ModelRoute>; fallback?: Partial<ModelRoute> } = {},
  steps: readonly Step[] = [aModelCall()],
) => {
  const plan = aPlan({
    models: { primary: { ...primary, ...routes.primary }, fallback: [{ ...fallback, ...routes.fallback }] },
    manifestLines: { '': 1, '/models/primary/model': 5, '/models/fallback/0/model': 8 },
  });
  const seen = { called: measured(calledModels, [aRun({ steps })], plan) };
  return { seen, context: { plan, tables: { ...NO_TABLES, lifecycleOf: table(...rows) } } };
};

// Evaluated on 2026-11-16, as every built plan is.
testCheck(check, {
  pass: [
    {
      name: 'no end is announced for any',
      ...over(ACTIVE),
      limits,
      says: 'claude-sonnet-5 (anthropic) has no announced end (on anthropic); gpt-5.1 (openai) has no announced end (on openai); lifecycles as of 2026-11-01',
    },
    {
      name: 'exactly the notice that is asked for',
      ...over(['anthropic/claude-sonnet-5: active 2027-02-14', ...ACTIVE.slice(1)]),
      limits,
      says: 'claude-sonnet-5 (anthropic) is shut down on 2027-02-14, in 90 days (on anthropic)',
    },
    {
      name: 'deprecated with a shutdown that is known to be late',
      ...over(['anthropic/claude-sonnet-5: deprecated 2028-01-01', ...ACTIVE.slice(1)]),
      limits,
      says: 'is shut down on 2028-01-01',
    },
    {
      name: 'a model of a cloud that only its maker has in the table, which is said',
      ...over(ACTIVE, { primary: { provider: 'aws', model: 'us.anthropic.claude-sonnet-5-v1:0', cloud: 'aws' } }),
      limits,
      says: 'has no announced end (by its maker anthropic, not known on aws)',
    },
    {
      name: 'a floating name that the table knows by what answered for it',
      ...over(['anthropic/claude-sonnet-4-5-20250929: active', ...ACTIVE.slice(1)], {
        primary: { model: 'claude-sonnet-4-5' },
      }),
      limits,
      says: 'claude-sonnet-4-5 (anthropic) answered by claude-sonnet-4-5-20250929, which has no announced end',
    },
    {
      name: 'the version behind a floating name ends soon, which is said',
      ...over(
        [...ACTIVE.slice(0, 1), 'openai/gpt-5: active', 'openai/gpt-5-2025-08-07: deprecated 2026-12-11'],
        { fallback: { model: 'gpt-5' } },
        [aModelCall({ route: 'fallback/0', servedModel: 'gpt-5-2025-08-07' })],
      ),
      limits,
      says: '; gpt-5 is answered by gpt-5-2025-08-07, which is shut down on 2026-12-11, in 25 days',
    },
    {
      name: 'as many unknown models as are accepted',
      ...over(ACTIVE.slice(1)),
      limits: { ...limits, unknown: 1 },
      says: 'claude-sonnet-5 (anthropic) is not in the lifecycle table',
    },
    {
      name: 'undeclared models that nobody knows',
      ...over(ACTIVE, {}, [anEmbedding({ provider: 'acme', model: 'vectors' })]),
      limits,
      says: 'no announced end',
    },
    {
      name: 'a table exactly as old as accepted',
      ...over(ACTIVE),
      limits: { ...limits, tableAgeDays: 15 },
      says: 'lifecycles as of 2026-11-01',
    },
  ],
  fail: [
    {
      name: 'one day less than the notice',
      ...over(['anthropic/claude-sonnet-5: active 2027-02-13 claude-sonnet-6', ...ACTIVE.slice(1)]),
      limits,
      says: '1 model with less than 90 days to go: claude-sonnet-5 (anthropic) is shut down on 2027-02-13, in 89 days (on anthropic), replaced by claude-sonnet-6',
    },
    {
      name: 'a fallback that ends today, though the table calls it active',
      ...over([...ACTIVE.slice(0, 1), 'openai/gpt-5.1: active 2026-11-16']),
      limits,
      says: 'gpt-5.1 (openai) was to be shut down on 2026-11-16',
    },
    {
      name: 'a retired model without a date',
      ...over(['anthropic/claude-sonnet-5: retired', ...ACTIVE.slice(1)]),
      limits: { ...limits, noticeDays: 1 },
      says: 'claude-sonnet-5 (anthropic) is retired',
    },
    {
      name: 'a deprecated model without a date',
      ...over(['anthropic/claude-sonnet-5: deprecated', ...ACTIVE.slice(1)]),
      limits,
      says: 'is deprecated without a date and may end any day',
    },
    {
      name: 'an end that came months ago, whatever the limit',
      ...over(['anthropic/claude-sonnet-5: retired 2026-01-05', ...ACTIVE.slice(1)]),
      limits: { ...limits, noticeDays: 1, unknown: 5 },
      says: 'was shut down on 2026-01-05',
    },
    {
      name: 'the cloud that serves it shuts it down before its maker does',
      ...over(['azure/gpt-5.1: active 2026-12-01', ...ACTIVE], { fallback: { cloud: 'Microsoft Azure' } }),
      limits,
      says: 'is shut down on 2026-12-01, in 15 days (on azure)',
    },
    {
      name: 'an embedding model that nobody declared',
      ...over(['openai/text-embedding-3-small: deprecated 2026-12-01', ...ACTIVE], {}, [aModelCall(), anEmbedding()]),
      limits,
      says: 'text-embedding-3-small (openai, not declared) is shut down on 2026-12-01',
    },
    {
      name: 'an undeclared model whose provider is not recorded, by its maker',
      ...over(['openai/gpt-4: deprecated 2026-10-23', ...ACTIVE], {}, [
        aModelCall({ ref: aRef(7), route: 'undeclared', provider: undefined, requestedModel: 'gpt-4' }),
      ]),
      limits,
      says: 'gpt-4 (provider not recorded, not declared) was to be shut down on 2026-10-23 (by its maker openai, not known on any recorded platform)',
    },
    {
      name: 'a floating name that only its version is known of, said once',
      ...over(['anthropic/claude-sonnet-4-5-20250929: active 2026-12-01', ...ACTIVE.slice(1)], {
        primary: { model: 'claude-sonnet-4-5' },
      }),
      limits,
      says: 'claude-sonnet-4-5 (anthropic) answered by claude-sonnet-4-5-20250929, which is shut down on 2026-12-01, in 15 days (on anthropic); lifecycles as of',
    },
    {
      name: 'an ending model beside an unknown one',
      ...over(['openai/gpt-5.1: retired']),
      limits,
      says: '1 model with less than 90 days to go: gpt-5.1',
    },
  ],
  inconclusive: [
    {
      name: 'a declared model is not in the table',
      ...over(ACTIVE.slice(1)),
      limits,
      says: 'claude-sonnet-5 (anthropic) is not in the lifecycle table',
    },
    {
      name: 'a deployment whose name says nothing',
      ...over(ACTIVE, { primary: { provider: 'azure', model: 'prod-chat' } }),
      limits,
      says: 'prod-chat (azure) is not in the lifecycle table',
    },
    {
      name: 'a version that is not in the table, although its family is',
      ...over(ACTIVE, { fallback: { model: 'gpt-5.1-2025-11-13' } }),
      limits,
      says: 'gpt-5.1-2025-11-13 (openai) is not in the lifecycle table',
    },
    {
      name: 'a version that is not in the table, although another one answered for it',
      ...over(['anthropic/claude-sonnet-4-5-20250929: active', ...ACTIVE.slice(1)], {
        primary: { model: 'claude-sonnet-4-5-20260101' },
      }),
      limits,
      says: 'claude-sonnet-4-5-20260101 (anthropic) is not in the lifecycle table',
    },
    {
      name: 'one of several versions behind a floating name is not in the table',
      ...over(
        ['anthropic/claude-sonnet-4-5-20250929: active', ...ACTIVE.slice(1)],
        { primary: { model: 'claude-sonnet-4-5' } },
        [aModelCall(), aModelCall({ servedModel: 'claude-sonnet-4-5-20260101' })],
      ),
      limits,
      says: 'claude-sonnet-4-5 (anthropic) is not in the lifecycle table',
    },
    {
      name: 'a table older than accepted',
      ...over(ACTIVE),
      limits: { ...limits, tableAgeDays: 14 },
      says: 'lifecycles as of 2026-11-01',
    },
    {
      name: 'a stale table, which is said',
      ...over([]),
      context: { ...over([]).context, tables: { ...NO_TABLES, lifecyclesReadOn: '2026-08-18' } },
      limits,
      says: 'lifecycles as of 2026-08-18, which is stale: 90 days old',
    },
  ],
});
