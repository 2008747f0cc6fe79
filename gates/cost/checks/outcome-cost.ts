import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { emptySample } from '../cost-sample.ts';
import { runsDemand } from '../enough-runs.ts';
import runCosts from '../measures/run-costs.ts';
import { judgeOutcomes } from '../outcome-verdict.ts';
import { strataOf } from '../strata.ts';

export default defineCheck({
  meta: {
    id: 'cost/outcome-cost',
    title: 'The cost of one successful outcome is proved to stay within its limit',
    severity: 'blocker',
    why: 'Failed and abandoned runs are paid for as well: a workload that is cheap per run but fails every other task costs twice what its business case says.',
    remediation: [
      'Open the dearest runs named here, the failed ones first, and find out what was spent before they failed.',
      'Let runs that cannot succeed stop early, and raise the share of those that do.',
      'Send less context per call, cache the stable part of the prompt, move simple steps to a smaller model.',
      'Record runs of every scenario with their outcome on the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.2', 'NIST-AI-RMF:MEASURE-2.4', 'ISO-42001:A.4.5', 'ISO-42001:A.6.2.6', 'SOC2:A1.1'],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { costs: runCosts },
  limits: {
    usd: maximum({
      unit: 'usd',
      description:
        'cost of all runs in US dollars for each one that succeeded, at the declared scenario shares, to be proved with 95 % confidence',
    }),
  },
  samples: () => runsDemand('cost of a success'),
  evaluate({ costs }, { usd }, { plan }) {
    const limit = { value: usd, unit: 'usd' } as const;
    return { ...judgeOutcomes(strataOf(plan, costs, emptySample), limit), limitName: 'usd' };
  },
});
