import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { round12 } from '../../../src/contract/units.ts';
import { witnessesOf } from '../../../src/contract/witness.ts';
import { drillTrials } from '../drill-trials.ts';
import { mergeTrials, noTrials } from '../fallback-trials.ts';
import switches, { type Switches } from '../measures/switches.ts';
import { judgeSwitches } from '../switch-verdict.ts';

export default defineCheck({
  meta: {
    id: 'fallback/fallback-validated',
    title: 'Every declared fallback was seen to take over when the primary failed',
    severity: 'blocker',
    why: 'Providers fail, and a fallback that was never used fails with them: tool schemas, parameters and model ids of the primary reach it and are rejected, at the moment when nothing else is left.',
    remediation: [
      'Declare at least one fallback under models.fallback, on another provider, cloud and account than the primary.',
      'Make the code switch on errors, on timeouts and on unusable answers, and adapt tools and parameters to the fallback.',
      'Make the primary fail on purpose: record the runs, with aigate.fallback.from on every call that replaces another, or drill them with live.upstream live.',
      'Re-run the check on runs of the changed release.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.6',
      'NIST-AI-RMF:MANAGE-2.4',
      'NIST-AI-RMF:GOVERN-6.2',
      'ISO-42001:A.6.2.5',
      'EU-AI-ACT:15(4)',
      'DORA:11(6)(a)',
      'SOC2:A1.3',
      'OWASP-ASI:ASI08',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { switches },
  limits: {
    runs: minimum({
      unit: 'count',
      isInteger: true,
      range: [1, Number.MAX_SAFE_INTEGER],
      fallback: 20,
      description: 'runs in which the primary failed, for every declared fallback',
    }),
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 0.999],
      fallback: 0.8,
      description: 'rate of successful switches to every declared fallback, to be proved with 95 % confidence',
    }),
  },
  samples: ({ runs, rate }) => [
    { kind: 'count', claim: `runs>=${runs}`, unit: 'trials', per: 'fallback', least: runs },
    { kind: 'share', claim: `rate>=${rate}`, unit: 'trials', per: 'fallback', allowed: round12(1 - rate) },
  ],
  evaluate({ switches: seen }, limits, { plan, drills }) {
    if (plan.models.fallback.length === 0) return nothingDeclared(seen, plan);
    const { trials, played } = drillTrials(drills, plan);
    const all = trials.map((ofDrills, index) => mergeTrials(seen.trials[index] ?? noTrials(), ofDrills));
    const result = judgeSwitches(all, plan.models.fallback, limits);
    return { ...result, message: `${result.message}${notCounted(seen, played)}` };
  },
});

function notCounted({ retried, replayed }: Switches, played: number): string {
  const counts = [
    ...(retried === 0 ? [] : [`${quantity(retried, 'run')} in which retrying the primary was enough`]),
    ...(replayed === 0 ? [] : [`${quantity(replayed, 'run')} in which an answer from a store was enough`]),
    ...(played === 0 ? [] : [`${quantity(played, 'drill')} in which a simulated or replayed fallback took over`]),
  ];
  return counts.length === 0 ? '' : `; not counted: ${counts.join(', ')}`;
}

/** Without a fallback there is nothing to switch to, however well the primary behaved in the recording. */
function nothingDeclared({ calls, callsAt }: Switches, plan: Plan): CheckResult {
  const { provider, model } = plan.models.primary;
  return {
    outcome: 'fail',
    measured: { value: 0, unit: 'count' },
    limit: { value: 1, unit: 'count' },
    n: calls,
    message: `no fallback is declared: nothing takes over when ${provider}/${model} fails (${quantity(calls, 'model call')} seen)`,
    evidence: [...witnessesOf(callsAt.slice(0, 1)), manifestRef(plan, '/models/fallback')],
  };
}
