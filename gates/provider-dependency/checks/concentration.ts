import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, minimum, optional } from '../../../src/contract/limit.ts';
import type { MissingInput } from '../../../src/contract/measure.ts';
import { type Judgement, worstOf } from '../../../src/contract/statistics/judgement.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf } from '../../../src/contract/witness.ts';
import { effectiveBounds, shareBounds } from '../concentration.ts';
import { judgeConcentration } from '../concentration-verdict.ts';
import routeCalls from '../measures/route-calls.ts';
import { CONCENTRATIONS, describeSpreads, type Spread, spreadsOf } from '../spreads.ts';
import { FEWEST_PER_SCENARIO, trafficOf, whyTooFew } from '../traffic.ts';

const atMost = (what: string) =>
  optional(maximum({ unit: 'ratio', range: [0, 1], description: `${what}, as a share of all` }));

export default defineCheck({
  meta: {
    id: 'provider-dependency/concentration',
    title: 'Traffic and critical dependencies are spread as widely as the limits ask for',
    severity: 'blocker',
    why: 'Whoever carries nearly all of the traffic decides about price, terms and outages, and what carries the rest was never tested at that volume.',
    remediation: [
      'Send a steady share of the traffic to another vendor, cloud or account, so that it is known to carry it.',
      'Label every route with cloud, region, account and gateway (gateway: none where there is none), and every critical dependency with its vendor.',
      'Record runs of the changed release in the mix of production and test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-6.1',
      'NIST-AI-RMF:MAP-4.1',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.10.2',
      'ISO-42001:A.10.3',
      'DORA:28(8)',
      'DORA:29(1)',
      'SOC2:CC9.2',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { calls: routeCalls },
  limits: {
    share: atMost('answers of the vendor that gives most of them'),
    effective: optional(
      minimum({
        unit: 'count',
        range: [1, 1_000],
        description: 'effective number of vendors: 1 ÷ the sum of their squared shares of the answers',
      }),
    ),
    modelShare: atMost('answers of the model that gives most of them'),
    makerShare: atMost('answers of models of one maker, wherever they are hosted'),
    cloudShare: atMost('answers from one cloud'),
    regionShare: atMost('answers from one region'),
    accountShare: atMost('answers that are billed to one account'),
    gatewayShare: atMost('answers through one gateway'),
    dependencyShare: atMost('critical dependencies of one vendor'),
  },
  samples: () => [
    { claim: 'shares of the traffic', unit: 'runs', per: 'scenario', kind: 'count', least: FEWEST_PER_SCENARIO },
  ],
  evaluate({ calls }, limits, { plan }): CheckResult {
    const traffic = trafficOf(calls, plan.scenarios);
    if (traffic === undefined) return open('no answer is recorded in a scenario that carries traffic', UNSEEN_CALLS);
    const spreads = spreadsOf(plan, calls, traffic);
    const used = plan.scenarios.filter(({ share }) => share > 0);
    const n = used.reduce((sum, { id }) => sum + (calls.scenarios[id]?.runs ?? 0), 0);
    const tooFew = whyTooFew(calls, plan.scenarios);
    const judgements = spreads.flatMap((spread) => [
      ...judgeShare(spread, limits[spread.of.limitName], { n, tooFew }),
      ...(spread.of.limitName === 'share' ? judgeEffective(spread, limits.effective, { n, tooFew }) : []),
    ]);
    const listed = describeSpreads(spreads);
    if (judgements.length === 0) return open(`no limit is set; ${listed}`, NO_LIMIT);
    const worst = worstOf(judgements);
    const message = `${worst.message}; ${listed}`;
    const isOfTraffic = Object.entries(limits).some(
      ([name, limit]) => name !== 'dependencyShare' && limit !== undefined,
    );
    if (worst.outcome !== 'pass' || calls.runsWithoutCalls === 0 || !isOfTraffic) return { ...worst, message };
    const gap = `${message}; ${runsWithoutCalls(calls.runsWithoutCalls)}`;
    return {
      ...worst,
      outcome: 'inconclusive',
      message: gap,
      missing: UNSEEN_CALLS,
      evidence: refsOf(calls.withoutCallsAt),
    };
  },
});

interface Sample {
  readonly n: number;
  readonly tooFew: string | undefined;
}

function judgeShare(spread: Spread, limit: number | undefined, sample: Sample): Judgement[] {
  if (limit === undefined) return [];
  const { of, split, weights } = spread;
  const bounds = shareBounds(split, weights);
  const judged = of.dimension === 'dependency' ? { n: weights.shares.length, tooFew: undefined } : sample;
  return [
    judgeConcentration(spread, {
      ...judged,
      what: `the largest share of one ${of.name}`,
      limitName: of.limitName,
      limit: { value: limit, unit: 'ratio' },
      kind: 'most',
      bounds,
    }),
  ];
}

function judgeEffective(spread: Spread, limit: number | undefined, sample: Sample): Judgement[] {
  if (limit === undefined) return [];
  return [
    judgeConcentration(spread, {
      ...sample,
      what: 'the effective number of vendors',
      limitName: 'effective',
      limit: { value: limit, unit: 'count' },
      kind: 'least',
      bounds: effectiveBounds(spread.split, spread.weights),
    }),
  ];
}

const NO_LIMIT: MissingInput = {
  input: 'limit gates.provider-dependency.concentration',
  remedy: `Set at least one of effective, ${CONCENTRATIONS.map(({ limitName }) => limitName).join(', ')} under gates.provider-dependency.concentration.`,
};

function open(message: string, missing: MissingInput): CheckResult {
  return { outcome: 'inconclusive', message, missing, evidence: [] };
}
