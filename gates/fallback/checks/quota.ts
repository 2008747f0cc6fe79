import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { isRepetition } from '../../../src/contract/drill-attempts.ts';
import type { DrillRun } from '../../../src/contract/drill-run.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { judgedRuns, runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { describeDrill } from '../../../src/contract/statistics/drill-story.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { witnessesOf } from '../../../src/contract/witness.ts';
import { GOES_ON_OR_STOPS } from '../good-endings.ts';

const FAULTS = ['quota-exhausted'];

export default defineCheck({
  meta: {
    id: 'fallback/quota',
    title: 'A used-up quota is not asked again: the process goes on elsewhere, or stops',
    severity: 'advisory',
    why: 'A quota does not come back in seconds: each repetition is wasted, delays the fallback, and hides that somebody has to raise the quota or pay.',
    remediation: [
      'Read the code of the error, not only its status: insufficient_quota and billing codes come as 429.',
      'Switch, hand over or stop at once, without repetitions by the client library, and alert whoever pays.',
      'Run the drills again on the changed release.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'NIST-AI-RMF:MANAGE-2.4', 'EU-AI-ACT:15(4)', 'DORA:11(6)(a)', 'SOC2:A1.3'],
    kinds: DRILL_KINDS,
    subject: 'drills',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    runs: runsOfEachFault(),
    repeats: maximum({
      unit: 'count',
      isInteger: true,
      range: [0, 1_000],
      fallback: 0,
      description: 'repetitions of a refused request in one run',
    }),
  },
  drills: true,
  samples: ({ runs }, plan) => drillDemand(FAULTS, runs, plan),
  evaluate(_seen, { runs, repeats }, context): CheckResult {
    const result = judgeDrills({ accepts: accepting(FAULTS, GOES_ON_OR_STOPS), runs }, context);
    if (result.outcome === 'fail') return result;
    const counted = judgedRuns(context, FAULTS)
      .map((judged) => ({ judged, value: repeatsOf(judged.run), ref: judged.run.ref }))
      .filter(({ judged }) => judged.run.faulted > 0)
      .toSorted((a, b) => b.value - a.value);
    const [worst] = counted;
    if (worst === undefined || worst.value <= repeats) return result;
    const over = counted.filter(({ value }) => value > repeats);
    return {
      outcome: 'fail',
      measured: { value: worst.value, unit: 'count' },
      limit: { value: repeats, unit: 'count' },
      limitName: 'repeats',
      n: counted.length,
      message: `${formatNumber(over.length)} of ${quantity(counted.length, 'run')} repeated a refused request, up to ${quantity(worst.value, 'time')}, limit ${formatNumber(repeats)}: ${describeDrill(worst.judged)}`,
      evidence: witnessesOf(over.slice(0, 5)),
    };
  },
});

/** A repetition that was refused too; what was asked again elsewhere is a switch. */
function repeatsOf({ attempts }: DrillRun): number {
  return attempts.filter((attempt) => attempt.isFaulted && isRepetition(attempt)).length;
}
