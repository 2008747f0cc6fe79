import { describe, expect, it } from 'vitest';
import type { Route } from '../../src/contract/run.ts';
import { aModelCall, aPlan, aRun, aScenario } from '../../src/dev/testing/builders.ts';
import { measured } from '../../src/dev/testing/measured.ts';
import routeCalls from './measures/route-calls.ts';
import { evenly, trafficOf, whyTooFew } from './traffic.ts';

const scenarios = [aScenario({ share: 0.9 }), aScenario({ id: 'escalate', share: 0.1 })];
const plan = aPlan({ scenarios });
/** One run per list of routes, a letter per call: `p` primary, `f` fallback, `u` undeclared. */
const runsOf = (id: string, ...lists: string[]) =>
  lists.map((letters) =>
    aRun({
      scenario: { match: 'one', id },
      steps: [...letters].map((letter) => aModelCall({ route: ROUTES[letter] ?? 'not-recorded' })),
    }),
  );
const ROUTES: Readonly<Record<string, Route>> = { p: 'primary', f: 'fallback/0', u: 'undeclared' };
const traffic = (runs: ReturnType<typeof runsOf>, list = scenarios) =>
  trafficOf(measured(routeCalls, runs, aPlan({ scenarios: list })), list);
const times = (n: number, letters: string) => Array.from({ length: n }, () => letters);

describe('trafficOf', () => {
  it('weights scenarios by their share of the traffic, not by their runs', () => {
    const of = traffic([...runsOf('summarize', 'p'), ...runsOf('escalate', ...times(99, 'f'))]);
    expect(of?.shares).toEqual([0.9, 0.1, 0]);
  });

  it('weights runs by their answers', () => {
    const of = traffic([...runsOf('summarize', 'pppf'), ...runsOf('escalate', 'ff')]);
    expect(of?.shares.map((share) => share.toFixed(6))).toEqual(['0.710526', '0.289474', '0.000000']);
  });

  it.each([
    [30, 0.913],
    [59, 0.9555],
    [598, 0.9956],
  ])('%d runs on one model prove that it has %d of the traffic', (n, share) => {
    const of = traffic(runsOf('summarize', ...times(n, 'p')), [aScenario()]);
    expect(1 - (of?.halfWidth([1, 0, 0]) ?? 0)).toBeCloseTo(share, 4);
  });

  it('spreads half and half like a binomial rate', () => {
    const of = traffic(runsOf('summarize', ...times(50, 'p'), ...times(50, 'f')), [aScenario()]);
    expect(of?.halfWidth([1, 0, 0])).toBeCloseTo((0.5 / Math.sqrt(100)) * 1.66 + 0.5 / 101, 2);
  });

  it('knows calls of one run to be a cluster: ten calls of a run are not ten runs', () => {
    const single = traffic(runsOf('summarize', ...times(50, 'p'), ...times(50, 'f')), [aScenario()]);
    const clustered = traffic(runsOf('summarize', ...times(50, 'p'.repeat(10)), ...times(50, 'f'.repeat(10))), [
      aScenario(),
    ]);
    expect(clustered?.halfWidth([1, 0, 0])).toBeCloseTo(single?.halfWidth([1, 0, 0]) ?? 0, 12);
  });

  it('has no spread for what is the same whatever the shares are', () => {
    expect(traffic(runsOf('summarize', 'p', 'f', 'u'))?.halfWidth([1, 1, 1])).toBeCloseTo(0, 12);
  });

  it('is undefined when no scenario with traffic has an answer', () => {
    const list = [aScenario({ share: 1 }), aScenario({ id: 'escalate', share: 0 })];
    expect(traffic(runsOf('escalate', 'p'), list)).toBeUndefined();
  });
});

describe('whyTooFew', () => {
  const few = (a: number, b: number) =>
    whyTooFew(
      measured(routeCalls, [...runsOf('summarize', ...times(a, 'p')), ...runsOf('escalate', ...times(b, 'p'))], plan),
      scenarios,
    );

  it.each([
    [20, 10, undefined],
    [19, 10, '29 of 30 runs in all'],
    [21, 9, 'escalate has 9 of 10 runs'],
    [30, 0, 'escalate has 0 of 10 runs'],
  ])('%d and %d runs: %s', (a, b, expected) => {
    expect(few(a, b)).toBe(expected);
  });

  it('does not count runs of a scenario without traffic', () => {
    const list = [aScenario({ share: 1 }), aScenario({ id: 'escalate', share: 0 })];
    const runs = [...runsOf('summarize', ...times(29, 'p')), ...runsOf('escalate', ...times(50, 'p'))];
    const calls = measured(routeCalls, runs, aPlan({ scenarios: list }));
    expect(whyTooFew(calls, list)).toBe('29 of 30 runs in all');
  });
});

it('weighs parts evenly without a spread', () => {
  expect(evenly(4).shares).toEqual([0.25, 0.25, 0.25, 0.25]);
  expect(evenly(4).halfWidth([1, 0, 0, 0])).toBe(0);
});
