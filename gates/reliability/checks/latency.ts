import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { DURATION_FORM } from '../../../src/contract/statistics/duration-percentiles.ts';
import { parsePercentiles } from '../../../src/contract/statistics/percentile-shorthand.ts';
import { percentileDemand } from '../../../src/contract/statistics/percentiles.ts';
import { durationNumbers } from '../duration-sample.ts';
import runDurations from '../measures/run-durations.ts';
import { judgeTimes, timeLimits } from '../time-percentiles.ts';

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
  limits: timeLimits('the run duration (without recorded waits for a human)'),
  parseShorthand: (text) => parsePercentiles(text, DURATION_FORM),
  samples: (limits) => percentileDemand(limits, DURATION_FORM),
  evaluate({ durations }, limits, { plan }) {
    return judgeTimes(durations, { place: 'gates.reliability.latency', limits, plan, numbersOf: durationNumbers });
  },
});
