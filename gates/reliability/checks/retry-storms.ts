import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { amplification, attemptCap, isStorm } from '../../../src/contract/drill-storm.ts';
import { FAULT_IDS } from '../../../src/contract/faults.ts';
import { maximum } from '../../../src/contract/limit.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import {
  type JudgedRun,
  judgedRuns,
  plannedCells,
  runsOfEachFault,
} from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { describeForeign, whyNotDrilled } from '../../../src/contract/statistics/drill-gaps.ts';
import { describeDrill } from '../../../src/contract/statistics/drill-story.ts';
import { formatMeasurement, formatNumber, type Measurement } from '../../../src/contract/units.ts';
import { refsOf, WITNESS_LIMIT, type Witness, witnessesOf } from '../../../src/contract/witness.ts';

export default defineCheck({
  meta: {
    id: 'reliability/retry-storms',
    title: 'A failing provider is asked again only a few times',
    severity: 'advisory',
    why: 'Repetitions of the client library, the gateway and the application multiply: three layers of three make 27 requests of one, keep the provider down and bill each of them.',
    remediation: [
      'Open the drill named here: it tells repetitions of the client library from those of the application.',
      'Repeat in one layer only: set maxRetries of the client library to 0 where the application repeats, or the reverse.',
      'Wait longer each time, with jitter and a bound, and stop asking a provider that keeps failing.',
      'Run the drills again on the changed release.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'ISO-42001:A.6.2.4', 'EU-AI-ACT:15(4)', 'SOC2:A1.1', 'OWASP-ASI:ASI08'],
    kinds: DRILL_KINDS,
    subject: 'drills',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    runs: runsOfEachFault(),
    amplification: maximum({
      unit: 'count',
      range: [1, 1_000],
      fallback: 3,
      description: 'attempts for each logical call at one model, in the drill with most',
    }),
  },
  drills: true,
  samples: ({ runs }, plan) => drillDemand(FAULT_IDS, runs, plan),
  evaluate(_seen, { runs: fewest, amplification: most }, context): CheckResult {
    const runs = judgedRuns(context, FAULT_IDS);
    const met = runs
      .filter(({ run }) => run.faulted > 0)
      .map((judged) => ({ judged, value: amplification(judged.run), ref: judged.run.ref }))
      .toSorted((a, b) => b.value - a.value);
    const cells = plannedCells(runs, context.plan, FAULT_IDS);
    return (
      amplified(met, times(most)) ??
      stormed(met, context.plan) ??
      whyNotDrilled({ faults: FAULT_IDS, runs, cells, fewest }, context) ??
      calm(met, times(most), describeForeign(cells))
    );
  },
});

/** A drill with its attempts for each logical call. */
interface Amplified extends Witness {
  readonly judged: JudgedRun;
}

function amplified(met: readonly Amplified[], limit: Measurement): CheckResult | undefined {
  const over = met.filter(({ value }) => value > limit.value);
  const [worst] = over;
  if (worst === undefined) return undefined;
  const measured = times(worst.value);
  const message = `${formatNumber(over.length)} of ${quantity(met.length, 'run')} asked a model more than ${formatMeasurement(limit, limit)} times for each logical call, up to ${formatMeasurement(measured, limit)}: ${describeDrill(worst.judged)}`;
  const seen = { measured, limit, limitName: 'amplification', n: met.length };
  return { ...seen, outcome: 'fail', message, evidence: witnessesOf(over.slice(0, WITNESS_LIMIT)) };
}

function stormed(met: readonly Amplified[], plan: Plan): CheckResult | undefined {
  const storms = met.filter(({ judged }) => isStorm(judged.run, plan));
  const [worst] = storms;
  if (worst === undefined) return undefined;
  const message = `${formatNumber(storms.length)} of ${quantity(met.length, 'run')} made more than ${quantity(attemptCap(plan), 'attempt')} of one logical call: ${describeDrill(worst.judged)}`;
  const seen = { measured: times(storms.length), limit: times(0), n: met.length };
  return { ...seen, outcome: 'fail', message, evidence: witnessesOf(storms.slice(0, WITNESS_LIMIT)) };
}

function calm(met: readonly Amplified[], limit: Measurement, note: string): CheckResult {
  const measured = times(met[0]?.value ?? 1);
  const message = `at most ${formatMeasurement(measured, limit)} attempts for each logical call at one model in ${quantity(met.length, 'run')}, limit ${formatMeasurement(limit, limit)}${note}`;
  const seen = { measured, limit, limitName: 'amplification', n: met.length };
  return { ...seen, outcome: 'pass', message, evidence: refsOf(met.slice(0, WITNESS_LIMIT)) };
}

function times(value: number): Measurement {
  return { value, unit: 'count' };
}
