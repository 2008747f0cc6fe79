import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import type { PerScenario } from '../../../src/contract/per-scenario.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { DURATION_FORM } from '../../../src/contract/statistics/duration-percentiles.ts';
import { parsePercentiles } from '../../../src/contract/statistics/percentile-shorthand.ts';
import { judgePercentiles, percentileDemand } from '../../../src/contract/statistics/percentiles.ts';
import { samplesToJudge } from '../../../src/contract/statistics/samples.ts';
import { refsOf } from '../../../src/contract/witness.ts';
import {
  arePlaceholders,
  type DurationSample,
  durationNumbers,
  emptySample,
  MEASURED_TIMES,
  mergeSamples,
  PLACEHOLDER_TIMES,
} from '../duration-sample.ts';
import { countOf } from '../durations.ts';
import runDurations from '../measures/run-durations.ts';

const atOrUnder = (percentile: string) =>
  optional(
    maximum({
      unit: 'ms',
      range: [1, Number.MAX_SAFE_INTEGER],
      description: `${percentile} of the run duration (without recorded waits for a human), at or under this many ms ("<" in the short form means the same)`,
    }),
  );

export default defineCheck({
  meta: {
    id: 'reliability/latency',
    title: 'Every latency percentile is proved to stay at or under its limit',
    severity: 'blocker',
    why: 'Users and the process behind them wait for the slow runs, not for the average; a percentile guessed from a few runs hides exactly those.',
    remediation: [
      'Open the slowest runs named here and find the step that took the time.',
      'Shorten the context and cap output tokens, run independent tool calls side by side, or move simple steps to a faster model.',
      'Bound the wait: set model, tool and run timeouts under the limit, with a fallback behind them.',
      'Record the same number of runs again on the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.3',
      'NIST-AI-RMF:MEASURE-2.5',
      'ISO-42001:A.6.2.4',
      'EU-AI-ACT:9(8)',
      'EU-AI-ACT:15(1)',
      'DORA:25(1)',
      'SOC2:A1.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { durations: runDurations },
  limits: { p50: atOrUnder('p50'), p90: atOrUnder('p90'), p95: atOrUnder('p95'), p99: atOrUnder('p99') },
  parseShorthand: (text) => parsePercentiles(text, DURATION_FORM),
  samples: (limits) => percentileDemand(limits, DURATION_FORM),
  evaluate({ durations }, limits, { plan }) {
    const counts = Object.fromEntries(Object.entries(durations).map(([id, some]) => [id, countOf(some)]));
    const samples = samplesToJudge(counts, plan.scenarios).map((sample) =>
      durationNumbers(sample, pool(durations, sample.ids)),
    );
    const judged = judgePercentiles({
      place: 'gates.reliability.latency',
      form: DURATION_FORM,
      limits,
      unit: 'ms',
      samples,
    });
    if (judged.limit === undefined) return judged;
    const { replayed } = pool(durations, Object.keys(durations));
    const result = placeholders(durations) ?? judged;
    return { ...result, message: `${result.message}${notCounted(replayed)}` };
  },
});

function notCounted(replayed: number): string {
  return replayed === 0 ? '' : `; not counted: ${quantity(replayed, 'run')} with an answer from a store`;
}

function placeholders(durations: PerScenario<DurationSample>): CheckResult | undefined {
  const equal = [pool(durations, Object.keys(durations)), ...Object.values(durations)].find(arePlaceholders);
  if (equal === undefined) return undefined;
  const message = `${PLACEHOLDER_TIMES} (${quantity(equal.recorded, 'run')})`;
  return {
    outcome: 'inconclusive',
    message,
    missing: MEASURED_TIMES,
    n: equal.recorded,
    evidence: refsOf(equal.slowest),
  };
}

function pool(durations: PerScenario<DurationSample>, ids: readonly string[]): DurationSample {
  return ids.flatMap((id) => durations[id] ?? []).reduce(mergeSamples, emptySample());
}
