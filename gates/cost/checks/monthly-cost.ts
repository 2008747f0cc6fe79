import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { capacityCosts } from '../capacity-costs.ts';
import { emptySample } from '../cost-sample.ts';
import { runsDemand } from '../enough-runs.ts';
import capacityDemand from '../measures/capacity-demand.ts';
import runCosts from '../measures/run-costs.ts';
import { judgeMonth } from '../monthly-verdict.ts';
import { strataOf } from '../strata.ts';
import { volumeOf } from '../volume.ts';

export default defineCheck({
  meta: {
    id: 'cost/monthly-cost',
    title: 'The projected monthly cost is proved to stay within its limit',
    severity: 'blocker',
    why: 'A pilot pays for hundreds of runs, production for hundreds of thousands: a cost per run that nobody noticed becomes a bill that nobody approved.',
    remediation: [
      'Open the dearest runs named here and find the calls that cost most.',
      'Send less context per call, cache the stable part of the prompt, cap output tokens and the number of calls per run.',
      'Move simple steps to a smaller model, and bound retries.',
      'Record runs of every scenario on the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MAP-3.2',
      'NIST-AI-RMF:MEASURE-2.4',
      'ISO-42001:A.4.5',
      'ISO-42001:A.6.2.6',
      'EU-AI-ACT:15(4)',
      'SOC2:A1.1',
      'OWASP-ASI:ASI02',
      'OWASP-ASI:ASI08',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { costs: runCosts, demand: capacityDemand },
  limits: {
    usd: maximum({
      unit: 'usd',
      description:
        'cost of models and embeddings in one month of 30.4375 days in US dollars, by contract or at list price, bought capacity included, at the declared volume and scenario shares, to be proved with 95 % confidence',
    }),
  },
  samples: () => runsDemand('monthly cost'),
  evaluate({ costs, demand }, { usd }, { plan }) {
    const limit = { value: usd, unit: 'usd' } as const;
    const volume = volumeOf(plan.monthlyRuns);
    if (volume === undefined) {
      const remedy = 'Declare traffic.monthlyRuns with 0 < low ≤ expected ≤ high.';
      const message = 'the declared monthly runs give no volume: low, expected and high must ascend from above 0';
      return {
        outcome: 'inconclusive',
        message,
        missing: { input: 'traffic.monthlyRuns', remedy },
        limit,
        limitName: 'usd',
        evidence: [],
      };
    }
    const strata = strataOf(plan, costs, emptySample);
    const pricedOn = plan.evaluatedAt.slice(0, 10);
    const capacity = capacityCosts(plan, demand.contracts);
    return { ...judgeMonth({ strata, volume, limit, pricedOn, capacity }), limitName: 'usd' };
  },
});
