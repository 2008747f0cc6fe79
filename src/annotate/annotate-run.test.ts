import { describe, expect, it } from 'vitest';
import type { ObservedModelCall, ObservedRun, RecordedUsage } from '../contract/observed-run.ts';
import type { Plan } from '../contract/plan.ts';
import type { PriceLookup } from '../contract/prices.ts';
import { aModelCall, anApproval, aPlan, aRun, aScenario, aToolCall } from '../dev/testing/builders.ts';
import { deepFreeze, withoutClockOrChance } from '../dev/testing/frozen.ts';
import { createAnnotator } from './annotate-run.ts';
import { recheckRun } from './recheck-run.ts';

/** 3 and 15 USD per million tokens, cache reads at a tenth, twice the price above 200,000 input tokens. */
const prices: PriceLookup = (provider, model) => {
  if (!model.startsWith('claude-sonnet-4-5')) return undefined;
  const rate = (nanoUsdPerToken: number) => ({
    nanoUsdPerToken,
    tiers: [{ above: 200_000, nanoUsdPerToken: 2 * nanoUsdPerToken }],
  });
  return {
    provider,
    model,
    listProvider: 'anthropic',
    listModel: 'claude-sonnet-4-5',
    input: rate(3_000),
    output: rate(15_000),
    cacheRead: rate(300),
    cacheWrite: undefined,
    cacheWriteLong: undefined,
    contextTokens: undefined,
    nanoUsdPerRequest: 0,
  };
};

function observedCall({
  recordedUsage,
  ...overrides
}: Partial<Omit<ObservedModelCall, 'recordedUsage'>> & {
  recordedUsage?: Partial<RecordedUsage>;
} = {}): ObservedModelCall {
  const { usage: _usage, route: _route, costNanoUsd: _cost, unpriced: _unpriced, ...call } = aModelCall();
  const counts: RecordedUsage = {
    input: 1_000,
    output: 200,
    total: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
    cacheWriteLong: undefined,
    reasoning: undefined,
    convention: 'unstated',
    reasoningIs: 'unstated',
  };
  return { counted: undefined, ...call, ...overrides, recordedUsage: { ...counts, ...recordedUsage } };
}

function observed(overrides: Partial<ObservedRun> = {}): ObservedRun {
  const { binding: _binding, scenario: _scenario, ...run } = aRun();
  return { ...run, attributes: { 'aigate.case': 'summarize' }, steps: [observedCall()], ...overrides };
}

function annotate(run: Partial<ObservedRun>, plan: Partial<Plan> = {}) {
  const input = deepFreeze(observed(run));
  const whole = deepFreeze(aPlan(plan));
  const annotated = withoutClockOrChance(() => createAnnotator(whole, prices)(input));
  expect(
    recheckRun(JSON.parse(JSON.stringify(annotated)), whole, prices),
    'what was annotated stands the recheck',
  ).toBeUndefined();
  return annotated;
}

function annotateCall(call: Parameters<typeof observedCall>[0]) {
  const [step] = annotate({ steps: [observedCall(call)] }).steps;
  if (step?.type !== 'model') throw new Error('a model call stays one');
  return step;
}

describe('scenario', () => {
  const scenarios = [
    aScenario({ id: 'a', share: 0.5, select: { 'aigate.case': 'x' } }),
    aScenario({ id: 'b', share: 0.5, select: { 'aigate.case': 'x', tier: 'gold' } }),
  ];
  it.each<[string, Record<string, string>, object]>([
    ['one', { 'aigate.case': 'x' }, { match: 'one', id: 'a' }],
    ['none', { 'aigate.case': 'y', tier: 'gold' }, { match: 'none' }],
    ['none without attributes', {}, { match: 'none' }],
    ['several', { 'aigate.case': 'x', tier: 'gold' }, { match: 'several', ids: ['a', 'b'] }],
  ])('matches %s', (_name, attributes, match) => {
    expect(annotate({ attributes }, { scenarios }).scenario).toEqual(match);
  });
});

describe('binding', () => {
  const digest = 'a'.repeat(64);
  const revision = 'b'.repeat(40);
  it.each<[string, Partial<ObservedRun>, Partial<Plan['release']>, string]>([
    ['equal digest', { artifactsDigest: `sha256:${digest}` }, {}, 'bound'],
    ['equal digest without prefix, in capitals', { artifactsDigest: digest.toUpperCase() }, {}, 'bound'],
    ['equal digest on a dirty tree', { artifactsDigest: digest }, { isDirty: true }, 'bound'],
    ['other digest, equal revision', { artifactsDigest: 'c'.repeat(64), revision }, {}, 'mismatched'],
    ['an empty digest', { artifactsDigest: '', revision }, {}, 'mismatched'],
    ['equal revision', { revision }, {}, 'bound'],
    ['equal revision on a dirty tree', { revision }, { isDirty: true }, 'unbound'],
    ['equal revision, state of the tree unknown', { revision }, { isDirty: undefined }, 'unbound'],
    ['other revision', { revision: 'd'.repeat(40) }, {}, 'mismatched'],
    ['other revision on a dirty tree', { revision: 'd'.repeat(40) }, { isDirty: true }, 'mismatched'],
    ['a revision with nothing to compare', { revision }, { revision: undefined }, 'unbound'],
    ['nothing', {}, {}, 'unbound'],
  ])('by %s', (_name, run, release, binding) => {
    expect(annotate(run, { release: { ...aPlan().release, ...release } }).binding).toBe(binding);
  });
});

describe('route', () => {
  it.each<[string, Parameters<typeof observedCall>[0], string]>([
    [
      'the requested model',
      { requestedModel: 'gpt-4.1', servedModel: 'claude-sonnet-4-5', provider: 'openai' },
      'fallback/0',
    ],
    ['the served model where no request was recorded', { requestedModel: undefined }, 'primary'],
    ['a snapshot of the declared alias', { requestedModel: 'gpt-4.1-2025-04-14', provider: 'openai' }, 'fallback/0'],
    [
      'the cloud that serves it',
      { provider: 'aws.bedrock', requestedModel: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' },
      'primary',
    ],
    [
      'the model alone where no provider was recorded',
      { provider: undefined, requestedModel: 'gpt-4.1' },
      'fallback/0',
    ],
    ['another provider', { provider: 'gcp.vertex_ai' }, 'undeclared'],
    ['a provider recorded as empty', { provider: '' }, 'undeclared'],
    ['a smaller sibling', { provider: 'openai', requestedModel: 'gpt-4.1-mini' }, 'undeclared'],
    ['no model at all', { requestedModel: undefined, servedModel: undefined }, 'not-recorded'],
  ])('by %s', (_name, call, route) => {
    expect(annotateCall(call).route).toBe(route);
  });

  it('does not depend on the calls before it', () => {
    const calls = [
      observedCall({ provider: '' }),
      observedCall({ provider: undefined }),
      observedCall({ provider: '' }),
    ];
    const routes = annotate({ steps: calls }).steps.map((step) => (step.type === 'model' ? step.route : undefined));
    expect(routes).toEqual(['undeclared', 'primary', 'undeclared']);
  });
});

describe('price', () => {
  it('prices by the served model and keeps every other field', () => {
    const { costNanoUsd, unpriced, usage, ...rest } = annotateCall({});
    expect({ costNanoUsd, unpriced }).toEqual({ costNanoUsd: 6_000_000, unpriced: undefined });
    const { costNanoUsd: _cost, unpriced: _unpriced, usage: _usage, ...expected } = aModelCall();
    expect(rest).toEqual(expected);
    expect(usage).toEqual({
      input: 1_000,
      output: 200,
      cacheRead: undefined,
      cacheWrite: undefined,
      reasoning: undefined,
    });
  });

  it('takes the dearer reading where nothing decides: cache beside input', () => {
    const { usage, costNanoUsd } = annotateCall({ recordedUsage: { cacheRead: 800 } });
    expect(usage.input).toBe(1_800);
    expect(costNanoUsd).toBe(1_000 * 3_000 + 800 * 300 + 200 * 15_000);
  });

  it('takes the dearer reading into the tier it reaches', () => {
    const { usage, costNanoUsd } = annotateCall({
      text: '',
      recordedUsage: { input: 150_000, cacheRead: 60_000, output: 0 },
    });
    expect(usage.input).toBe(210_000);
    expect(costNanoUsd).toBe(150_000 * 6_000 + 60_000 * 600);
  });

  it('rounds half up once', () => {
    const halves: PriceLookup = (provider, model) => {
      const row = prices(provider, model);
      return (
        row && { ...row, input: { nanoUsdPerToken: 0.5, tiers: [] }, output: { nanoUsdPerToken: 0.25, tiers: [] } }
      );
    };
    const run = observed({
      steps: [
        observedCall({ text: '', recordedUsage: { input: 1, output: 0 } }),
        observedCall({ recordedUsage: { input: 1, output: 1 } }),
      ],
    });
    const costs = createAnnotator(
      aPlan(),
      halves,
    )(run).steps.map((step) => (step.type === 'model' ? step.costNanoUsd : -1));
    expect(costs).toEqual([1, 1]);
  });

  it.each<[string, Parameters<typeof observedCall>[0], string]>([
    ['output is missing', { recordedUsage: { output: undefined } }, 'no-usage'],
    ['input is missing', { recordedUsage: { input: undefined } }, 'no-usage'],
    ['zeros stand where a stream carried no usage', { recordedUsage: { input: 0, output: 0 } }, 'no-usage'],
    [
      'a request failed inside the provider',
      { error: '500', recordedUsage: { input: undefined, output: undefined } },
      'no-usage',
    ],
    ['a content filter ran', { error: '400', recordedUsage: { input: undefined, output: undefined } }, 'no-usage'],
    ['a call timed out', { error: 'timeout', recordedUsage: { input: undefined, output: undefined } }, 'no-usage'],
    ['an answer with text counts no output', { recordedUsage: { output: 0 } }, 'contradictory-usage'],
    ['usage is negative', { recordedUsage: { output: -1 } }, 'contradictory-usage'],
    ['usage is NaN', { recordedUsage: { input: Number.NaN } }, 'contradictory-usage'],
    [
      'cache exceeds an inclusive input',
      { recordedUsage: { cacheRead: 2_000, convention: 'inclusive' } },
      'contradictory-usage',
    ],
    ['no model was recorded', { requestedModel: undefined, servedModel: undefined }, 'no-model'],
    ['the model is unknown', { servedModel: 'my-finetune' }, 'unknown-model'],
  ])('is missing, never zero, when %s', (_name, call, reason) => {
    expect(annotateCall(call)).toMatchObject({ costNanoUsd: undefined, unpriced: reason });
  });

  it.each(['401', '404', '429', '503', '529'])(
    'is zero for a request refused with %s before any processing',
    (error) => {
      const call = annotateCall({
        error,
        servedModel: undefined,
        recordedUsage: { input: undefined, output: undefined },
      });
      expect(call).toMatchObject({ costNanoUsd: 0, unpriced: undefined });
    },
  );

  it('counts the usage of a refused request that reports some', () => {
    expect(annotateCall({ error: '429' }).costNanoUsd).toBe(6_000_000);
  });
});

describe('steps', () => {
  it('passes tool calls and approvals through, in order', () => {
    const steps = [aToolCall(), observedCall(), anApproval()];
    expect(annotate({ steps }).steps.map(({ type }) => type)).toEqual(['tool', 'model', 'approval']);
    expect(annotate({ steps }).steps[0]).toBe(steps[0]);
    expect(annotate({ steps: [] }).steps).toEqual([]);
  });
});

describe('recheckRun', () => {
  const annotated = () => createAnnotator(aPlan(), prices)(observed({ artifactsDigest: 'a'.repeat(64) }));
  it.each<[string, (run: ReturnType<typeof annotated>) => object, string]>([
    ['a rewritten binding', (run) => ({ ...run, artifactsDigest: undefined }), 'it says bound'],
    [
      'a rewritten price',
      (run) => ({ ...run, steps: [{ ...run.steps[0], costNanoUsd: 1 }] }),
      'it says 1 nano-USD, its usage gives 6000000 nano-USD',
    ],
    ['a price for nothing', (run) => ({ ...run, steps: [{ ...run.steps[0], usage: {} }] }), 'no-usage'],
    ['a rewritten route', (run) => ({ ...run, steps: [{ ...run.steps[0], route: 'fallback/0' }] }), 'route fallback/0'],
    [
      'a price beside a contradiction',
      (run) => ({ ...run, steps: [{ ...run.steps[0], costNanoUsd: 1, unpriced: 'contradictory-usage' }] }),
      '1 nano-USD',
    ],
  ])('finds %s', (_name, forge, says) => {
    const run = forge(annotated()) as ReturnType<typeof annotated>;
    expect(recheckRun(run, aPlan(), prices)).toContain(says);
  });
});
