import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { DURATION_FORM } from '../../../src/contract/statistics/duration-percentiles.ts';
import { worstOf } from '../../../src/contract/statistics/judgement.ts';
import { parsePercentiles } from '../../../src/contract/statistics/percentile-shorthand.ts';
import { percentileDemand } from '../../../src/contract/statistics/percentiles.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { durationNumbers } from '../duration-sample.ts';
import { arrivalRate, describeArrivals } from '../load-rate.ts';
import loadRuns, { type LoadRuns } from '../measures/load-runs.ts';
import { judgeTimes, timeLimits } from '../time-percentiles.ts';

export default defineCheck({
  meta: {
    id: 'reliability/peak-load',
    title: 'Under the declared peak of arrivals, latency and the rate of runs that end well stay within their limits',
    severity: 'blocker',
    why: 'A workload that answers one request at a time in two seconds may need minutes when three arrive every second: queues, rate limits of providers and pools of connections show only then, and a test that waits for each answer hides them.',
    remediation: [
      'Compare the slowest runs named here with the same scenario without load: what is added is waiting.',
      'Raise the limit that is met first: workers, connections, the requests and tokens a minute of the provider.',
      'Turn work away early and say so, or queue it, before everything becomes slow.',
      'Put the load on the changed release again and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.5', 'ISO-42001:A.6.2.4', 'EU-AI-ACT:15(1)', 'DORA:25(1)', 'SOC2:A1.1'],
    kinds: OBSERVED_KINDS,
    subject: 'load',
    since: '2026-11-25',
  },
  needs: { load: loadRuns },
  limits: {
    ...timeLimits('the time from the intended start of a run to its end, under load'),
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 0.95,
      description:
        'rate of arrivals that end well, 0 to 1, to be proved with 95 % confidence; who is turned away counts as failed',
    }),
  },
  parseShorthand: (text) => parsePercentiles(text, DURATION_FORM),
  samples: ({ rate, ...percentiles }) => [...percentileDemand(percentiles, DURATION_FORM), ...rateDemand(rate)],
  evaluate({ load }, { rate, ...limits }, { plan }): CheckResult {
    const place = 'gates.reliability.peak-load';
    const times = judgeTimes(load.waits, { place, limits, plan, numbersOf: durationNumbers });
    const endings = judgeRate({
      tallies: load.endings,
      scenarios: plan.scenarios,
      rate,
      good: 'ended well',
      unknown: 'neither an outcome nor the span that encloses the task is recorded',
      missing: { input: 'outcomes of runs under load', remedy: 'Record aigate.outcome on every run of the load.' },
    });
    const worst = worstOf([times, endings].map((result) => ({ result, badness: 0 })));
    const at = describeArrivals(load);
    if (worst.outcome !== 'pass') return { ...worst, message: `${worst.message}; ${at}` };
    return tooLittle(load, plan.peakPerSecond) ?? { ...worst, message: `${times.message}; ${endings.message}; ${at}` };
  },
});

/** Why the load is not the declared peak; undefined = it reaches it. */
function tooLittle(load: LoadRuns, peakPerSecond: number | undefined): CheckResult | undefined {
  const n = load.arrivals;
  if (peakPerSecond === undefined) {
    const message = `traffic.peakPerSecond is not declared, so that no load is known to be the peak; ${describeArrivals(load)}`;
    const missing = { input: 'traffic.peakPerSecond', remedy: 'Declare how many runs start in the busiest second.' };
    return { outcome: 'inconclusive', message, missing, n, evidence: [] };
  }
  const perSecond = arrivalRate(load);
  if (perSecond !== undefined && perSecond >= peakPerSecond) return undefined;
  const limit = { value: peakPerSecond, unit: 'count' } as const;
  return {
    outcome: 'inconclusive',
    ...(perSecond === undefined ? {} : { measured: { value: perSecond, unit: 'count' }, limit }),
    message: `${describeArrivals(load)}, and the declared peak is ${formatNumber(peakPerSecond)} a second (${quantity(n, 'run')})`,
    missing: {
      input: 'a load as high as traffic.peakPerSecond',
      remedy: `Set live.load.rate to at least ${formatNumber(peakPerSecond)}/s.`,
    },
    n,
    evidence: [],
  };
}
