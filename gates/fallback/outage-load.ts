import type { CheckResult } from '../../src/contract/check.ts';
import { manifestRef } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Handoff, Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import type { Judgement } from '../../src/contract/statistics/judgement.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';

/** 365.25 days ÷ 12, in hours. */
const HOURS_PER_MONTH = 30.4375 * 24;

interface Against {
  /** Largest share of the capacity that may arrive, above 0. */
  readonly utilisation: number;
  /** Recorded runs. */
  readonly n: number;
}

interface Arrivals {
  /** Cases in an hour in which no declared model answers: every run is one. */
  readonly perHour: number;
  readonly isPeak: boolean;
  /** Of the declaration. */
  readonly pointer: string;
}

/**
 * Whether the people who are declared to take over can take what comes while no model answers: arrivals ÷ capacity, at
 * the declared peak, else at the mean of a month as busy as the forecast allows. Over 1, the queue only grows; under it,
 * how long a case waits depends on how unevenly cases come, which nothing declared tells.
 */
export function judgeLoad(handoff: Handoff, { utilisation, n }: Against, plan: Plan): Judgement {
  const arrivals = arrivalsOf(plan);
  const limit = ratio(utilisation);
  const compared = { limit, limitName: 'utilisation', n };
  const comes = `with every declared model down ${quantity(arrivals.perHour, 'case')} an hour ${arrivals.isPeak ? 'come at the declared peak' : 'come on average, and the peak is not declared'}`;
  const evidence = [manifestRef(plan, '/handoff'), manifestRef(plan, arrivals.pointer)] as const;
  if (handoff.perHour === undefined) {
    const missing = {
      input: 'handoff.perHour',
      remedy: `Declare under handoff.perHour how many cases ${showName(handoff.queue)} take in an hour.`,
    };
    const message = `${comes}; how many ${showName(handoff.queue)} can take is not declared`;
    return {
      result: { ...compared, outcome: 'inconclusive', message, missing, evidence },
      badness: Number.POSITIVE_INFINITY,
    };
  }
  const measured = ratio(round12(arrivals.perHour / handoff.perHour));
  const load = `${comes}, ${showName(handoff.queue)} can take ${formatNumber(handoff.perHour)}: ${formatMeasurement(measured, limit)} of that, limit ${formatMeasurement(limit, limit)}`;
  const excess = arrivals.perHour - handoff.perHour;
  const grows = excess > 0 ? `; the queue grows by ${formatNumber(excess)} an hour and never clears` : '';
  const result: CheckResult = {
    ...compared,
    outcome: measured.value > utilisation ? 'fail' : 'pass',
    measured,
    message: `${load}${grows}`,
    evidence,
  };
  return { result, badness: measured.value / utilisation };
}

function arrivalsOf({ peakPerSecond, monthlyRuns: { expected, high } }: Plan): Arrivals {
  if (peakPerSecond !== undefined) {
    return { perHour: round12(peakPerSecond * 3_600), isPeak: true, pointer: '/traffic/peakPerSecond' };
  }
  return { perHour: round12((high ?? expected) / HOURS_PER_MONTH), isPeak: false, pointer: '/traffic/monthlyRuns' };
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
