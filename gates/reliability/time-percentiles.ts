import type { CheckResult } from '../../src/contract/check.ts';
import { maximum, optional } from '../../src/contract/limit.ts';
import type { PerScenario } from '../../src/contract/per-scenario.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { DURATION_FORM } from '../../src/contract/statistics/duration-percentiles.ts';
import type { PercentileLimits } from '../../src/contract/statistics/percentile-shorthand.ts';
import type { RunNumbers } from '../../src/contract/statistics/percentile-verdict.ts';
import { judgePercentiles } from '../../src/contract/statistics/percentiles.ts';
import { type Sample, samplesToJudge } from '../../src/contract/statistics/samples.ts';
import { refsOf } from '../../src/contract/witness.ts';
import {
  arePlaceholders,
  type DurationSample,
  emptySample,
  MEASURED_TIMES,
  mergeSamples,
  PLACEHOLDER_TIMES,
} from './duration-sample.ts';
import { countOf } from './durations.ts';

/** Limits on percentiles of a time, each to be left out at will. @param what after "p95 of": `the run duration` */
export function timeLimits(what: string) {
  const atOrUnder = (percentile: string) =>
    optional(
      maximum({
        unit: 'ms',
        range: [1, Number.MAX_SAFE_INTEGER],
        description: `${percentile} of ${what}, at or under this many ms ("<" in the short form means the same)`,
      }),
    );
  return { p50: atOrUnder('p50'), p90: atOrUnder('p90'), p95: atOrUnder('p95'), p99: atOrUnder('p99') };
}

interface TimeQuestion {
  /** `gates.<gate>.<check>`. */
  readonly place: string;
  readonly limits: PercentileLimits;
  readonly plan: Plan;
  /** What percentiles are judged on. */
  readonly numbersOf: (sample: Sample, times: DurationSample) => RunNumbers;
}

/** Every limited percentile of the times of every sample must hold. Runs with a replayed answer are told apart. */
export function judgeTimes(times: PerScenario<DurationSample>, question: TimeQuestion): CheckResult {
  const { place, limits, plan, numbersOf } = question;
  const counts = Object.fromEntries(Object.entries(times).map(([id, some]) => [id, countOf(some)]));
  const samples = samplesToJudge(counts, plan.scenarios).map((sample) => numbersOf(sample, pool(times, sample.ids)));
  const judged = judgePercentiles({ place, form: DURATION_FORM, limits, unit: 'ms', samples });
  if (judged.limit === undefined) return judged;
  const { replayed } = pool(times, Object.keys(times));
  const result = placeholders(times) ?? judged;
  return { ...result, message: `${result.message}${notCounted(replayed)}` };
}

function notCounted(replayed: number): string {
  return replayed === 0 ? '' : `; not counted: ${quantity(replayed, 'run')} with an answer from a store`;
}

function placeholders(times: PerScenario<DurationSample>): CheckResult | undefined {
  const equal = [pool(times, Object.keys(times)), ...Object.values(times)].find(arePlaceholders);
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

function pool(times: PerScenario<DurationSample>, ids: readonly string[]): DurationSample {
  return ids.flatMap((id) => times[id] ?? []).reduce(mergeSamples, emptySample());
}
