import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { refsOf } from '../../../src/contract/witness.ts';
import { type DurationSample, emptySample, mergeSamples } from '../duration-sample.ts';
import { countOf } from '../durations.ts';
import { worstOf } from '../judgement.ts';
import runDurations from '../measures/run-durations.ts';
import type { PerScenario } from '../per-scenario.ts';
import { PERCENTILES, parsePercentiles } from '../percentile-shorthand.ts';
import { judgePercentile, type PercentileLimit } from '../percentile-verdict.ts';
import { samplesToJudge } from '../samples.ts';

/** The fewest equal durations that no real measurement gives: below it, coarse clocks repeat by chance. */
const PLACEHOLDER_RUNS = 20;

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
  parseShorthand: parsePercentiles,
  evaluate({ durations }, limits, { plan }) {
    const percentiles = PERCENTILES.flatMap(({ name, q }): PercentileLimit[] => {
      const value = limits[name];
      return value === undefined ? [] : [{ name, q, limit: { value, unit: 'ms' } }];
    });
    if (percentiles.length === 0) return noLimit();
    const counts = Object.fromEntries(Object.entries(durations).map(([id, some]) => [id, countOf(some)]));
    return (
      placeholders(durations) ??
      worstOf(
        samplesToJudge(counts, plan.scenarios).flatMap((sample) =>
          percentiles.map((percentile) => judgePercentile(sample, pool(durations, sample.ids), percentile)),
        ),
      )
    );
  },
});

function noLimit(): CheckResult {
  const place = 'gates.reliability.latency';
  return {
    outcome: 'inconclusive',
    message: `no limit is set: ${place} needs at least one of p50, p90, p95 and p99`,
    missing: {
      input: `limit ${place}`,
      remedy: `Set ${place} in the manifest or in the policy, such as p(95)<8000ms.`,
    },
    evidence: [],
  };
}

/** Equal durations in every run are filled in, not measured: they prove neither speed nor slowness. */
function placeholders(durations: PerScenario<DurationSample>): CheckResult | undefined {
  const samples = [pool(durations, Object.keys(durations)), ...Object.values(durations)];
  const equal = samples.find(({ distribution: { count, min, max } }) => count >= PLACEHOLDER_RUNS && min === max);
  return (
    equal && {
      outcome: 'inconclusive',
      message: `all durations are equal: placeholder times (${quantity(equal.recorded, 'run')})`,
      missing: { input: 'measured times', remedy: 'Record the real start and end of every run.' },
      n: equal.recorded,
      evidence: refsOf(equal.slowest),
    }
  );
}

function pool(durations: PerScenario<DurationSample>, ids: readonly string[]): DurationSample {
  return ids.flatMap((id) => durations[id] ?? []).reduce(mergeSamples, emptySample());
}
