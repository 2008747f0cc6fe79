import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { judgeCostDrift } from '../cost-drift-verdict.ts';
import { runsDemand } from '../enough-runs.ts';
import runCosts from '../measures/run-costs.ts';
import runTokens from '../measures/run-tokens.ts';

export default defineCheck({
  meta: {
    id: 'cost/cost-drift',
    title: 'The mean cost of a run stays near that of the baseline',
    severity: 'blocker',
    why: 'A longer prompt, one more call or another model multiplies by every run of the month, and a budget with room hides it until the room is gone.',
    remediation: [
      'Read which of calls per run, tokens per call and cost per token grew, and open the dearest runs named here.',
      'Find what changed between the releases: prompt, model, tools, number of calls; or the price list and the contracts.',
      'Undo the change, or accept it: raise the limit in the policy with a reason, and take the new release as the baseline.',
      'Record runs of every scenario on the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.4',
      'NIST-AI-RMF:MANAGE-4.1',
      'ISO-42001:A.4.5',
      'ISO-42001:A.6.2.6',
      'SOC2:A1.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'baseline',
    since: '2026-11-25',
  },
  needs: { costs: runCosts, tokens: runTokens },
  limits: {
    increase: maximum({
      unit: 'ratio',
      range: [0, 100],
      fallback: 0.1,
      description:
        'increase of the mean cost of a run over the baseline, as a share of it, at the declared scenario shares; to be ruled out with 95 % confidence',
    }),
  },
  samples: () => runsDemand('drift of the cost'),
  evaluate(seen, { increase }, { plan, baseline }) {
    const costs = baseline?.valueOf(runCosts);
    const tokens = baseline?.valueOf(runTokens);
    const before = costs === undefined || tokens === undefined ? undefined : { costs, tokens };
    return judgeCostDrift({ seen, before, baseline, increase, plan });
  },
});
