import { describe, expect, it } from 'vitest';
import type { DrillRun } from '../../../src/contract/drill-run.ts';
import type { Route, Run } from '../../../src/contract/run.ts';
import { rateLowerBound } from '../../../src/contract/statistics/binomial.ts';
import { aContext, aModelCall, aPlan, aRef, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillAttempt, anAnsweredAttempt, drillsOf, someDrills } from '../../../src/dev/testing/drills.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import switches from '../measures/switches.ts';
import check from './fallback-validated.ts';

const limits = { runs: 20, rate: 0.8 };
const { models } = aPlan();
const [first] = models.fallback;
const none = aPlan({ models: { ...models, fallback: [] } });
const two = aPlan({
  models: {
    ...models,
    fallback: first === undefined ? [] : [first, { ...first, provider: 'mistral', model: 'large' }],
  },
});
const call = (route: Route, error?: string) => aModelCall({ route, error });
const SWITCHED: Partial<Run> = { steps: [call('primary', '503'), call('fallback/0')] };
const STUCK: Partial<Run> = { steps: [call('primary', '503')] };
const RETRIED: Partial<Run> = { steps: [call('primary', '503'), call('primary')] };
const STORED: Partial<Run> = {
  steps: [call('primary', '503'), aModelCall({ route: 'fallback/0', isReplayed: true })],
};
const BOTH: Partial<Run> = { steps: [call('primary', '503'), call('fallback/0'), call('fallback/1')] };
const UNKNOWN: Partial<Run> = { ...SWITCHED, outcome: undefined, hasRoot: false };

const seenOf = (n: number, make: (index: number) => Partial<Run>, plan = aPlan()) => ({
  switches: measured(switches, runs(n, make), plan),
});
const of20 = (count: number, other: Partial<Run>) => seenOf(20, (i) => (i < count ? SWITCHED : other));

const healthy = seenOf(3, () => ({}));
const liveDrills = (count: number, run: Partial<DrillRun> = {}) =>
  drillsOf(['overloaded-529'], count, { kind: 'live', ...run });

testCheck(check, {
  pass: [
    {
      name: '20 drills at the real providers switch',
      seen: healthy,
      limits,
      context: { drills: liveDrills(20) },
      says: '20 of 20 switches to fallback 1',
    },
    {
      name: 'recorded and drilled switches count together',
      seen: seenOf(10, () => SWITCHED),
      limits,
      context: { drills: liveDrills(10) },
      says: '20 of 20 switches to fallback 1',
    },
    {
      name: '20 of 20 switches prove 80 %',
      seen: of20(20, {}),
      limits,
      says: '20 of 20 switches to fallback 1 (openai/gpt-4.1) succeeded: proves at least 86.0',
    },
    {
      name: 'the bound is exactly the rate',
      seen: of20(19, STUCK),
      limits: { runs: 20, rate: rateLowerBound(19, 20) },
      says: '19 of 20',
    },
    {
      name: 'healthy and retried runs are no trials',
      seen: seenOf(60, (i) => [SWITCHED, RETRIED, {}][i % 3] ?? {}),
      limits,
      says: 'not counted: 20 runs in which retrying the primary was enough',
    },
    {
      name: 'both declared fallbacks took over',
      seen: seenOf(20, () => BOTH, two),
      limits,
      context: { plan: two },
      says: '20 of 20',
    },
  ],
  fail: [
    {
      name: 'drills at the real providers end with the failed primary',
      seen: healthy,
      limits,
      context: { drills: liveDrills(2, { attempts: [aDrillAttempt()], ending: 'failed', answer: undefined }) },
      says: '0 of 2 switches',
    },
    {
      name: 'no fallback is declared',
      seen: seenOf(3, () => ({}), none),
      limits,
      context: { plan: none },
      says: 'no fallback is declared: nothing takes over when anthropic/claude-sonnet-4-5 fails (3 model calls seen)',
    },
    {
      name: 'runs end with the failed primary',
      seen: of20(10, STUCK),
      limits,
      says: '10 of 20 switches to fallback 1 (openai/gpt-4.1) succeeded: at most',
    },
    {
      name: 'two failures are enough when nothing succeeded',
      seen: seenOf(2, () => STUCK),
      limits,
      says: '0 of 2 switches',
    },
    {
      name: 'it fails even if every unknown end was a success',
      seen: seenOf(20, (i) => (i < 10 ? STUCK : i < 15 ? UNKNOWN : SWITCHED)),
      limits,
      says: '5 of 20 switches',
    },
    {
      name: 'one fallback of two fails',
      seen: seenOf(40, (i) => ({ ...BOTH, outcome: i % 2 === 0 ? 'success' : 'failure' }), two),
      limits,
      context: { plan: two },
      says: '20 of 40 switches to fallback 1',
    },
  ],
  inconclusive: [
    {
      name: 'simulated fallbacks took over in drills',
      seen: healthy,
      limits,
      context: { drills: drillsOf(['overloaded-529'], 20) },
      says: 'is not exercised: 0 of 20 runs in which the primary failed; not counted: 20 drills in which a simulated',
    },
    {
      name: 'in drills the primary recovered, or every model was out',
      seen: healthy,
      limits,
      context: {
        drills: someDrills([
          { kind: 'live', attempts: [aDrillAttempt(), anAnsweredAttempt({ route: 'primary' })] },
          { kind: 'live', attempts: [aDrillAttempt(), aDrillAttempt({ route: 'fallback/0' })], ending: 'failed' },
        ]),
      },
      says: 'is not exercised: 0 of 20 runs in which the primary failed',
    },
    {
      name: 'one drill too few',
      seen: healthy,
      limits,
      context: { drills: liveDrills(19) },
      says: '19 of 20 runs in which the primary failed',
    },
    {
      name: 'nobody can tell what drills came to',
      seen: healthy,
      limits,
      context: { drills: liveDrills(20, { isExpected: undefined }) },
      says: '20 of 20 runs in which the primary failed do not show',
    },
    {
      name: 'the primary never failed',
      seen: seenOf(500, () => ({})),
      limits,
      says: 'is not exercised: 0 of 20 runs in which the primary failed',
    },
    {
      name: 'every answer of the fallback came from a store',
      seen: seenOf(20, () => STORED),
      limits,
      says: 'not counted: 20 runs in which an answer from a store was enough',
    },
    { name: 'every failure was retried', seen: seenOf(20, () => RETRIED), limits, says: 'not counted: 20 runs' },
    {
      name: 'one run too few',
      seen: seenOf(19, () => SWITCHED),
      limits,
      says: '19 of 20 runs in which the primary failed',
    },
    {
      name: '19 of 20 prove less than 80 %',
      seen: of20(19, STUCK),
      limits,
      says: '19 of 20 switches to fallback 1 (openai/gpt-4.1) succeeded: proves at least 78.3',
    },
    {
      name: 'the end of one run is not recorded',
      seen: seenOf(60, (i) => (i === 0 ? UNKNOWN : SWITCHED)),
      limits,
      says: '1 of 60 runs',
    },
    {
      name: 'the second fallback was never reached',
      seen: seenOf(20, () => SWITCHED, two),
      limits,
      context: { plan: two },
      says: 'fallback 2 (mistral/large) is not exercised',
    },
  ],
});

describe('fallback/fallback-validated', () => {
  const judge = (seen: ReturnType<typeof seenOf>, plan = aPlan()) => check.evaluate(seen, limits, aContext({ plan }));

  it('measures nothing where the primary never failed', () => {
    expect(judge(seenOf(9, () => ({})))).not.toHaveProperty('measured');
  });

  it('shows bound, estimate and number of trials', () => {
    expect(judge(of20(19, STUCK))).toMatchObject({
      measured: { value: rateLowerBound(19, 20), unit: 'ratio' },
      estimate: { value: 0.95, unit: 'ratio' },
      limit: { value: 0.8, unit: 'ratio' },
      n: 20,
    });
  });

  it('points at the failed primary call and the manifest when nothing is declared', () => {
    const steps = [aModelCall({ ref: aRef(7) }), aModelCall({ ref: aRef(8), error: '503' })];
    expect(
      judge(
        seenOf(1, () => ({ steps }), none),
        none,
      ),
    ).toMatchObject({
      measured: { value: 0, unit: 'count' },
      limit: { value: 1, unit: 'count' },
      evidence: [aRef(8), { artifact: 'manifest' }],
    });
  });

  it('asks for as many drills as prove the rate', () => {
    expect(judge(seenOf(1, () => ({})))).toMatchObject({
      missing: { remedy: expect.stringContaining('in at least 20 runs') },
    });
    expect(judge(of20(19, STUCK))).toMatchObject({
      missing: { remedy: expect.stringContaining('in at least 21 runs') },
    });
  });
});
