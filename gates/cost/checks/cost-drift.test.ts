import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../../src/contract/baseline.ts';
import type { ModelCall, Run, Step } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aScenario, EVALUATED_AT, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runCosts from '../measures/run-costs.ts';
import runTokens from '../measures/run-tokens.ts';
import check from './cost-drift.ts';

const limits = { increase: 0.1 };
const plan = aPlan();
const context = { plan };
const two = aPlan({ scenarios: [aScenario({ share: 0.9 }), aScenario({ id: 'escalate', share: 0.1 })] });

const costing = (nanoUsd: number, more: Partial<ModelCall> = {}) =>
  aModelCall({ costNanoUsd: nanoUsd, listNanoUsd: nanoUsd, ...more });
const of = (tokens: number) => ({ usage: { ...aModelCall().usage, input: tokens, output: 0 } });
const UNPRICED: Partial<ModelCall> = { costNanoUsd: undefined, listNanoUsd: undefined, unpriced: 'unknown-model' };
/** Runs that all cost the same, unless `steps` says otherwise. */
const release = (n: number, steps: (index: number) => Step[], of = plan): Run[] =>
  runs(n, (i) => ({
    steps: steps(i),
    scenario: { match: 'one', id: of.scenarios[i % of.scenarios.length]?.id ?? 'summarize' },
  }));
const seenIn = (some: readonly Run[], of = plan) => ({
  costs: measured(runCosts, some, of),
  tokens: measured(runTokens, some, of),
});
const baselineOf = (some: readonly Run[], of = plan, evaluatedAt = EVALUATED_AT): Baseline => ({
  runId: 'base-1',
  evaluatedAt,
  artifactsDigest: `sha256:${'e'.repeat(64)}`,
  valueOf: (measure) => measured(measure, some, of),
});
const flat = (n: number, nanoUsd = 1_000_000, of = plan) => release(n, () => [costing(nanoUsd)], of);
/** Costs between 80 and 120 % of 0.001 USD. */
const varied = (n: number, factor = 1) =>
  release(n, (i) => [costing(Math.round((800 + (i % 41) * 10) * 1_000 * factor))]);
const USUAL = baselineOf(flat(40));

testCheck(check, {
  pass: [
    {
      name: 'an increase exactly at the limit',
      seen: seenIn(flat(40, 1_100_000)),
      limits,
      context: { plan, baseline: USUAL },
      says: 'mean cost of a run: at most 10 % more (estimate 10 %), limit 10 %; 1.1 times the cost per token, 1 times the calls per run, 1 times the tokens per call; baseline base-1',
    },
    {
      name: 'the same cost in enough runs that vary',
      seen: seenIn(varied(410)),
      limits,
      context: { plan, baseline: baselineOf(varied(410)) },
      says: 'mean cost of a run: at most 1.',
    },
    {
      name: 'half of the cost',
      seen: seenIn(flat(40, 500_000)),
      limits,
      context: { plan, baseline: USUAL },
      says: 'at most -50 % more',
    },
    {
      name: 'another mix of the recorded runs changes nothing',
      seen: seenIn([...release(90, () => [costing(1_000)], aPlan()), ...inEscalate(30, 9_000)], two),
      limits,
      context: {
        plan: two,
        baseline: baselineOf([...release(30, () => [costing(1_000)]), ...inEscalate(90, 9_000)], two),
      },
      says: 'at most 0 % more',
    },
    {
      name: 'prices of another day are said',
      seen: seenIn(flat(40)),
      limits,
      context: { plan, baseline: baselineOf(flat(40), plan, '2026-11-01T00:00:00.000Z') },
      says: 'priced on 2026-11-01 and 2026-11-16, between which prices and contracts may have changed',
    },
    {
      name: 'unknown costs of the baseline, which can only have been higher',
      seen: seenIn(flat(40, 1_000_000)),
      limits,
      context: {
        plan,
        baseline: baselineOf(release(40, (i) => [costing(1_000_000), ...(i === 0 ? [aModelCall(UNPRICED)] : [])])),
      },
      says: 'at most 0 % more',
    },
    {
      name: 'tokens that the baseline does not record are said',
      seen: seenIn(flat(40)),
      limits,
      context: {
        plan,
        baseline: baselineOf(
          release(40, (i) => [
            costing(1_000_000),
            ...(i === 0 ? [aModelCall({ ...UNPRICED, unpriced: 'no-usage' })] : []),
          ]),
        ),
      },
      says: ', as far as tokens are recorded; baseline base-1',
    },
    {
      name: 'calls that are paid for without a token have no cost per token',
      seen: seenIn(release(40, () => [costing(1_000_000, of(0))])),
      limits,
      context: { plan, baseline: USUAL },
      says: 'at most 0 % more (estimate 0 %), limit 10 %; baseline base-1',
    },
    {
      name: 'a scenario that is new is said',
      seen: seenIn([...flat(40), ...inEscalate(40, 9_000)], two),
      limits,
      context: { plan: two, baseline: baselineOf(flat(40), two) },
      says: 'not compared, without runs in the baseline: escalate',
    },
  ],
  fail: [
    {
      name: 'an increase just over the limit',
      seen: seenIn(flat(40, 1_100_001)),
      limits,
      context: { plan, baseline: USUAL },
      says: 'mean cost of a run: at least 10.0001 % more (estimate 10.0001 %), limit 10 %',
    },
    {
      name: 'one call more',
      seen: seenIn(release(40, () => [costing(1_000_000), costing(1_000_000)])),
      limits,
      context: { plan, baseline: USUAL },
      says: '2 times the calls per run, 1 times the tokens per call, 1 times the cost per token',
    },
    {
      name: 'longer prompts',
      seen: seenIn(release(40, () => [costing(1_500_000, of(1_800))])),
      limits,
      context: { plan, baseline: USUAL },
      says: '1.5 times the tokens per call, 1 times the calls per run, 1 times the cost per token',
    },
    {
      name: 'unknown costs of this release can only add',
      seen: seenIn(release(40, (i) => [costing(1_500_000), ...(i === 0 ? [aModelCall(UNPRICED)] : [])])),
      limits,
      context: { plan, baseline: USUAL },
      says: 'at least 50 % more',
    },
  ],
  inconclusive: [
    {
      name: 'too few runs that vary',
      seen: seenIn(varied(41, 1.05)),
      limits,
      context: { plan, baseline: baselineOf(varied(41)) },
      says: 'mean cost of a run: at most 1',
    },
    {
      name: 'a rise that one more dear run of the baseline would explain',
      seen: seenIn(flat(40, 1_200_000)),
      limits,
      context: { plan, baseline: baselineOf(release(40, (i) => [costing(i === 0 ? 2_000_000 : 1_000_000)])) },
      says: 'mean cost of a run: at most 2',
    },
    {
      name: 'runs that cost the same and are too few to prove it',
      seen: seenIn(flat(29)),
      limits,
      context: { plan, baseline: USUAL },
      says: 'at most 0 % more (estimate 0 %), limit 10 %; 29 of 30 runs in all',
    },
    {
      name: 'a baseline of too few runs',
      seen: seenIn(flat(40)),
      limits,
      context: { plan, baseline: baselineOf(flat(4)) },
      says: 'in the baseline: too few runs for a bound: summarize has 4 of 5 runs',
    },
    {
      name: 'unknown costs of this release',
      seen: seenIn(release(40, (i) => [costing(1_000_000), ...(i === 0 ? [aModelCall(UNPRICED)] : [])])),
      limits,
      context: { plan, baseline: USUAL },
      says: 'mean cost of a run: 1 call of models that are not in the price list',
    },
    {
      name: 'a rise over a baseline of unknown cost',
      seen: seenIn(flat(40, 2_000_000)),
      limits,
      context: {
        plan,
        baseline: baselineOf(release(40, (i) => [costing(1_000_000), ...(i === 0 ? [aModelCall(UNPRICED)] : [])])),
      },
      says: 'mean cost of a run: in the baseline: 1 call of models that are not in the price list',
    },
    {
      name: 'a baseline in which nothing cost anything',
      seen: seenIn(flat(40)),
      limits,
      context: { plan, baseline: baselineOf(flat(40, 0)) },
      says: 'in the baseline: no run of summarize with a call that cost anything',
    },
    {
      name: 'a scenario is no longer run',
      seen: seenIn(flat(40), two),
      limits,
      context: { plan: two, baseline: baselineOf([...flat(40), ...inEscalate(40, 9_000)], two) },
      says: 'not compared, without runs now: escalate',
    },
    { name: 'no baseline can be read', seen: seenIn(flat(40)), limits, context, says: 'the baseline does not hold' },
    {
      name: 'the baseline lacks a measure',
      seen: seenIn(flat(40)),
      limits,
      context: { plan, baseline: { ...USUAL, valueOf: () => undefined } },
      says: 'the baseline does not hold what is compared',
    },
    {
      name: 'no scenario in common',
      seen: seenIn(inEscalate(40, 9_000), two),
      limits,
      context: { plan: two, baseline: baselineOf(flat(40), two) },
      says: 'no scenario was run both in the baseline and in this release',
    },
  ],
});

function inEscalate(n: number, nanoUsd: number): Run[] {
  return runs(n, () => ({ steps: [costing(nanoUsd)], scenario: { match: 'one', id: 'escalate' } }));
}

/** Normal numbers from a fixed sequence: the same samples on every machine. */
function lognormals(seed: number, n: number): Run[] {
  let state = seed;
  const uniform = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state + 0.5) / 4_294_967_296;
  };
  return release(n, () => {
    const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    return [costing(Math.round(1_000_000 * Math.exp(normal)))];
  });
}

describe('runs of the same cost, heavy in the tail', () => {
  it('are called dearer in at most 5 % of samples', () => {
    const outcomes = Array.from({ length: 200 }, (_, i) => {
      const baseline = baselineOf(lognormals(7_919 * (2 * i + 1), 40));
      return check.evaluate(seenIn(lognormals(7_919 * (2 * i + 2), 40)), { increase: 0 }, aContext({ plan, baseline }))
        .outcome;
    });
    expect(outcomes.filter((outcome) => outcome === 'fail').length).toBeLessThanOrEqual(10);
    expect(outcomes.filter((outcome) => outcome === 'pass').length).toBeLessThanOrEqual(10);
  });
});
