import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import type { MissingInput } from '../../../src/contract/measure.ts';
import { DURATION_FORM } from '../../../src/contract/statistics/duration-percentiles.ts';
import { parsePercentiles } from '../../../src/contract/statistics/percentile-shorthand.ts';
import type { RunNumbers } from '../../../src/contract/statistics/percentile-verdict.ts';
import { percentileDemand } from '../../../src/contract/statistics/percentiles.ts';
import type { Sample } from '../../../src/contract/statistics/samples.ts';
import { type DurationSample, durationNumbers } from '../duration-sample.ts';
import firstTokens from '../measures/first-tokens.ts';
import { judgeTimes, timeLimits } from '../time-percentiles.ts';

export default defineCheck({
  meta: {
    id: 'reliability/first-token',
    title:
      'Every percentile of the wait for the first part of a streamed answer is proved to stay at or under its limit',
    severity: 'blocker',
    why: 'Somebody who watches an answer being written judges it by the time until something appears: a model that thinks for ten seconds and then writes fast looks broken, whatever the total.',
    remediation: [
      'Open the slowest runs named here and compare the wait for the first part with the length of the input.',
      'Shorten or cache the beginning of the prompt, lower the effort of reasoning, or choose a faster model for the step that people watch.',
      'Record the same number of runs again on the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.3',
      'NIST-AI-RMF:MEASURE-2.5',
      'ISO-42001:A.6.2.4',
      'EU-AI-ACT:15(1)',
      'SOC2:A1.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'set-limit',
    since: '2026-11-25',
  },
  needs: { waits: firstTokens },
  limits: timeLimits('the longest wait of a run for the first part of a streamed answer'),
  parseShorthand: (text) => parsePercentiles(text, DURATION_FORM),
  samples: (limits) => percentileDemand(limits, DURATION_FORM),
  evaluate({ waits }, limits, { plan }) {
    return judgeTimes(waits, { place: 'gates.reliability.first-token', limits, plan, numbersOf: waitNumbers });
  },
});

const MISSING: MissingInput = {
  input: 'the time to the first part of streamed answers',
  remedy:
    'Stream the answers, and record gen_ai.response.time_to_first_chunk (seconds) on the span of each streamed call.',
};

/** A run in which nothing was streamed has no such time, which is not a short one. */
function waitNumbers(sample: Sample, waits: DurationSample): RunNumbers {
  const numbers = durationNumbers(sample, waits);
  const unknown = numbers.unknown && {
    ...numbers.unknown,
    what: 'no first part of an answer is recorded',
    missing: MISSING,
  };
  return { ...numbers, of: 'the wait for the first part', unknown };
}
