import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, minimum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, type Measurement, round12 } from '../../../src/contract/units.ts';
import { coverageGaps } from '../coverage-gaps.ts';
import scenarioRuns from '../measures/scenario-runs.ts';
import { findContradiction, type MixContradiction } from '../traffic-mix.ts';

export default defineCheck({
  meta: {
    id: 'evidence/scenario-coverage',
    title: 'Every scenario has enough runs and the declared mix is the mix of the traffic',
    severity: 'blocker',
    why: 'A scenario that was hardly run, or traffic that matches none, is released untested; and figures weighted with a wrong mix describe a workload that does not exist.',
    remediation: [
      'Declare every scenario that the policy requires.',
      'Set the shares of the scenarios to those of the production traffic.',
      'Record more runs of each named scenario and test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-1.4',
      'NIST-AI-RMF:MEASURE-2.1',
      'ISO-42001:A.6.2.7',
      'EU-AI-ACT:9(8)',
      'EU-AI-ACT:11(1)',
      'DORA:24(5)',
      'SOC2:CC4.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { scenarioRuns },
  limits: {
    runs: minimum({
      unit: 'count',
      isInteger: true,
      range: [1, Number.MAX_SAFE_INTEGER],
      fallback: 30,
      description: 'Runs of each scenario',
    }),
    unmatchedRatio: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.05,
      description: 'Share of runs that match no scenario or several',
    }),
    mixDistance: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.1,
      description:
        'Distance between the declared share of a scenario and its share of complete production recordings, beyond sampling noise',
    }),
  },
  evaluate({ scenarioRuns: seen }, limits, { plan, population }): CheckResult {
    const undeclared = plan.requiredScenarios.filter((id) => !plan.scenarios.some((scenario) => scenario.id === id));
    if (undeclared.length > 0) {
      return {
        outcome: 'fail',
        measured: { value: undeclared.length, unit: 'count' },
        limit: { value: 0, unit: 'count' },
        n: population.runs,
        message: `${quantity(undeclared.length, 'scenario')} required by the policy not declared: ${undeclared.map(showName).join(', ')}`,
        evidence: [manifestRef(plan, '/scenarios')],
      };
    }
    const contradiction = findContradiction(plan, population, limits.mixDistance);
    if (contradiction !== undefined) return contradicted(contradiction);
    const fewest = Math.min(...seen.map(({ runs }) => runs));
    const total = seen.reduce((sum, { runs }) => sum + runs, 0);
    const [gap, ...others] = coverageGaps(seen, limits, { plan, population });
    if (gap !== undefined) {
      const message = [gap, ...others].map((each) => each.message).join('; ');
      return { outcome: 'inconclusive', n: total, ...gap, message, evidence: [] };
    }
    const message = `at least ${quantity(fewest, 'run')} of each of ${quantity(seen.length, 'scenario')}, ${quantity(total, 'run')} in all`;
    const compared = {
      measured: { value: fewest, unit: 'count' },
      limit: { value: limits.runs, unit: 'count' },
      limitName: 'runs',
      n: total,
    } as const;
    return { outcome: 'pass', ...compared, message, evidence: [] };
  },
});

function contradicted({ id, share, runs, total, bound, edge, ref }: MixContradiction): CheckResult {
  const [measured, limit, estimate] = [ratio(bound), ratio(edge), ratio(round12(runs / total))];
  const [side, reach] = bound > edge ? ['at least', 'up'] : ['at most', 'down'];
  const message = `scenario ${showName(id)} is ${formatMeasurement(estimate)} of ${quantity(total, 'recorded production run')} (${side} ${formatMeasurement(measured, limit)}), declared ${formatMeasurement(ratio(share))}, tolerated ${reach} to ${formatMeasurement(limit)}`;
  return { outcome: 'fail', measured, limit, estimate, n: total, message, evidence: [ref] };
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
