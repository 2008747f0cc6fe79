import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/contract/plan.ts';
import type { Population } from '../../../src/contract/population.ts';
import { aContext, aPlan, aPopulation, aScenario, aSourcePopulation } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './scenario-coverage.ts';

const limits = { runs: 30, unmatchedRatio: 0.05, mixDistance: 0.1 };
const source = aSourcePopulation();
const scenarios = [
  aScenario({ share: 0.7 }),
  aScenario({ id: 'escalate', share: 0.3, select: { 'aigate.case': 'esc' } }),
];
const declared = aPlan().sources[0];

interface Story extends Partial<Population> {
  readonly counted?: readonly [number, number];
  readonly plan?: Partial<Plan>;
}
/** Runs of `summarize` and `escalate`, all counted unless the story says otherwise. */
const over = (summarize: number, escalate: number, { counted, plan, ...population }: Story = {}) => {
  const [a, b] = counted ?? [summarize, escalate];
  return {
    seen: {
      scenarioRuns: [
        { id: 'summarize', runs: a },
        { id: 'escalate', runs: b },
      ],
    },
    context: {
      plan: aPlan({ scenarios, manifestLines: { '': 1, '/scenarios': 20, '/scenarios/1/share': 27 }, ...plan }),
      population: aPopulation({
        sources: [source],
        runs: summarize + escalate,
        runsByScenario: { summarize, escalate },
        ...population,
      }),
    },
  };
};
const sampled = (sampling: 'head' | 'unknown', overrides: Partial<Plan> = {}) => ({
  plan: { sources: declared === undefined ? [] : [{ ...declared, sampling }], ...overrides },
});

describe('evidence/scenario-coverage', () => {
  const judge = ({ seen, context }: ReturnType<typeof over>) => check.evaluate(seen, limits, aContext(context));

  it('names no limit where the declared share decides, and cites its place', () => {
    const result = judge(over(990, 10));
    expect(result).toMatchObject({ outcome: 'fail', evidence: [{ artifact: 'manifest' }] });
    expect(result.limitName).toBeUndefined();
  });

  it('publishes the figures of the gap that it names first', () => {
    expect(judge(over(70, 29))).toMatchObject({
      measured: { value: 29, unit: 'count' },
      limit: { value: 30, unit: 'count' },
      limitName: 'runs',
      n: 99,
    });
    expect(judge(over(70, 29, { runs: 110, unmatchedRuns: 11 }))).toMatchObject({
      measured: { value: 0.1, unit: 'ratio' },
      limit: { value: 0.05, unit: 'ratio' },
      limitName: 'unmatchedRatio',
      n: 110,
    });
  });

  it('publishes no figure for a gap that has none', () => {
    for (const story of [over(70, 30, sampled('unknown')), over(70, 30, { sources: [] }), over(70, 0)]) {
      expect(judge(story)).not.toHaveProperty('measured');
      expect(judge(story)).not.toHaveProperty('limit');
    }
  });
});

testCheck(check, {
  pass: [
    {
      name: 'each scenario has exactly enough runs',
      ...over(70, 30),
      limits,
      says: 'at least 30 runs of each of 2 scenarios, 100 runs in all',
    },
    {
      name: 'as much matches no scenario as allowed',
      ...over(70, 30, { runs: 105, unmatchedRuns: 3, ambiguousRuns: 2 }),
      limits,
      says: '100 runs in all',
    },
    { name: 'the observed mix may still be the declared one', ...over(55, 45), limits, says: '100 runs in all' },
    {
      name: 'a sampled recording says nothing about the mix',
      ...over(40, 160, sampled('head')),
      limits,
      says: '200 runs in all',
    },
    {
      name: 'unknown sampling outside production',
      ...over(70, 30, sampled('unknown', { workload: { ...aPlan().workload, lane: 'early-access' } })),
      limits,
      says: '100 runs in all',
    },
    {
      name: 'the required scenario is declared',
      ...over(70, 30, { plan: { requiredScenarios: ['escalate'] } }),
      limits,
      says: '100 runs',
    },
  ],
  fail: [
    {
      name: 'a required scenario is not declared',
      ...over(70, 30, { plan: { requiredScenarios: ['escalate', 'outage'] } }),
      limits,
      says: '1 scenario required by the policy not declared: outage',
    },
    {
      name: 'complete production recordings show another mix',
      ...over(500, 500),
      limits,
      says: 'scenario summarize is 50 % of 1,000 recorded production runs (at most 52.65 %), declared 70 %, tolerated down to 60 %',
    },
    { name: 'a scenario is far rarer than declared', ...over(990, 10), limits, says: 'tolerated down to 20 %' },
  ],
  inconclusive: [
    {
      name: 'one run of a scenario is missing',
      ...over(70, 29),
      limits,
      says: 'fewer than 30 counted runs of 1 scenario: escalate (29)',
    },
    {
      name: 'a scenario has no run at all',
      ...over(20, 0),
      limits,
      says: 'no run of 1 scenario: escalate; fewer than',
    },
    {
      name: 'the runs of a scenario do not count',
      ...over(70, 30, { counted: [70, 0] }),
      limits,
      says: 'escalate (0)',
    },
    {
      name: 'too much matches no scenario',
      ...over(70, 30, { runs: 106, unmatchedRuns: 6 }),
      limits,
      says: '5.6604 % of 106 runs match no scenario (6) or several (0), limit 5 %',
    },
    {
      name: 'a source was not read completely',
      ...over(70, 30, { sources: [{ ...source, problemCount: 2 }] }),
      limits,
      says: 'traces/week.jsonl (2 problems)',
    },
    {
      name: 'a source is empty',
      ...over(70, 30, { sources: [{ ...source, form: 'empty', runs: 0 }] }),
      limits,
      says: 'traces/week.jsonl (no runs)',
    },
    {
      name: 'a source is not recognised',
      ...over(70, 30, { sources: [{ ...source, form: 'unrecognised' }] }),
      limits,
      says: 'not recognised',
    },
    { name: 'a declared source was not read', ...over(70, 30, { sources: [] }), limits, says: '1 source not read' },
    {
      name: 'sampling is unknown in production',
      ...over(70, 30, sampled('unknown')),
      limits,
      says: 'how it was sampled is not declared: traces/week.jsonl',
    },
  ],
});
