import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { toMilliseconds } from '../../../src/contract/microseconds.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { DURATION_FORM } from '../../../src/contract/statistics/duration-percentiles.ts';
import { parsePercentiles } from '../../../src/contract/statistics/percentile-shorthand.ts';
import type { RunNumbers } from '../../../src/contract/statistics/percentile-verdict.ts';
import { judgePercentiles, percentileDemand } from '../../../src/contract/statistics/percentiles.ts';
import { type Sample, samplesToJudge } from '../../../src/contract/statistics/samples.ts';
import { UNSEEN_TIMES } from '../../../src/contract/unseen-times.ts';
import switchTimes, { type SwitchTimes } from '../measures/switch-times.ts';
import { emptySwitchTimes, mergeSwitchTimes, type SwitchTimeSample } from '../switch-time-sample.ts';

const atOrUnder = (percentile: string) =>
  optional(
    maximum({
      unit: 'ms',
      range: [1, Number.MAX_SAFE_INTEGER],
      description: `${percentile} of the time from the start of the failed primary call to the end of the first answer of a fallback, over the runs in which the primary failed, at or under this many ms`,
    }),
  );

export default defineCheck({
  meta: {
    id: 'fallback/switch-time',
    title: 'Every percentile of the time until a fallback answers is proved to stay at or under its limit',
    severity: 'blocker',
    why: 'A fallback that answers after the primary has timed out three times comes too late: the user is gone and the process behind it has given up, although every switch counts as a success.',
    remediation: [
      'Open the slowest runs named here: the time goes into the timeout of the primary, its retries and the waits between them, or the fallback itself.',
      'Set a short timeout on the primary, retry it at most once, and switch at once on errors that a retry cannot cure.',
      'Stop asking a primary that keeps failing: a circuit breaker makes the next runs switch without waiting.',
      'Make the primary fail on purpose, record the runs, and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'NIST-AI-RMF:MANAGE-2.4', 'DORA:11(6)(a)', 'SOC2:A1.3'],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { times: switchTimes },
  limits: { p50: atOrUnder('p50'), p90: atOrUnder('p90'), p95: atOrUnder('p95'), p99: atOrUnder('p99') },
  parseShorthand: (text) => parsePercentiles(text, DURATION_FORM),
  samples: (limits) =>
    percentileDemand(limits, DURATION_FORM).map((demand) => ({ ...demand, unit: 'trials' as const })),
  evaluate({ times: { scenarios: times } }, limits, { plan }) {
    const counts = Object.fromEntries(Object.entries(times).map(([id, sample]) => [id, trialsIn(sample)]));
    const samples = samplesToJudge(counts, plan.scenarios).map((sample) => numbersOf(sample, times));
    const result = judgePercentiles({
      place: 'gates.fallback.switch-time',
      form: DURATION_FORM,
      limits,
      unit: 'ms',
      samples,
    });
    return { ...result, message: `${result.message}${specialRuns(pool(times, Object.keys(times)))}` };
  },
});

/** `; counted as endless: 1 run in which no fallback answered; not counted: 2 runs with an answer from a store`. */
function specialRuns({ unanswered, replayed }: SwitchTimeSample): string {
  const never = `; counted as endless: ${quantity(unanswered, 'run')} in which no fallback answered`;
  const stored = `; not counted: ${quantity(replayed, 'run')} with an answer from a store`;
  return `${unanswered === 0 ? '' : never}${replayed === 0 ? '' : stored}`;
}

function trialsIn({ distribution, unknown }: SwitchTimeSample): number {
  return distribution.count + unknown;
}

function numbersOf({ ids, label }: Sample, times: SwitchTimes['scenarios']): RunNumbers {
  const { distribution, slowest, unknown, unknownAt } = pool(times, ids);
  return {
    sample: { ids, label: `${label}, with a failed primary` },
    distribution,
    toMeasurement: (microseconds) => ({ value: toMilliseconds(microseconds), unit: 'ms' }),
    largest: slowest,
    unknown:
      unknown === 0
        ? undefined
        : {
            absent: unknown,
            partial: 0,
            what: 'which model answered, or when, is not recorded',
            missing: UNSEEN_TIMES,
            at: unknownAt,
          },
  };
}

function pool(times: SwitchTimes['scenarios'], ids: readonly string[]): SwitchTimeSample {
  return ids.flatMap((id) => times[id] ?? []).reduce(mergeSwitchTimes, emptySwitchTimes());
}
