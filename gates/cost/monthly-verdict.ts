import type { CheckResult } from '../../src/contract/check.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import { mergeWitnesses, refsOf, witnessesOf } from '../../src/contract/witness.ts';
import { withTail } from './bounds.ts';
import { type CapacityCost, describeCapacity } from './capacity-costs.ts';
import { atListPrice, type CostSample } from './cost-sample.ts';
import { enoughRuns, whyNoBound, whyNoProof } from './enough-runs.ts';
import { type Forecast, forecastMonth, upperMonthUsd } from './forecast.ts';
import { estimateMean } from './mean-estimate.ts';
import { runsToDecide } from './runs-to-decide.ts';
import { describeRuns, runsIn, type Stratum } from './strata.ts';
import { whyUnknown } from './unknown-costs.ts';
import type { Volume } from './volume.ts';

interface Question {
  /** The scenarios with traffic. */
  readonly strata: readonly Stratum<CostSample>[];
  readonly volume: Volume;
  readonly limit: Measurement;
  /** ISO date of the prices. */
  readonly pricedOn: string;
  readonly capacity: readonly CapacityCost[];
}

/**
 * Fail when the lower bound is over the limit: calls without a price can only add to it. Pass when every cost is known
 * and even the guarded upper bound stays within the limit. Inconclusive otherwise.
 */
export function judgeMonth(question: Question): CheckResult {
  const { strata, volume, limit, capacity } = question;
  const n = runsIn(strata);
  const few = whyNoBound(strata);
  if (few !== undefined)
    return { outcome: 'inconclusive', message: few, missing: enoughRuns(), limit, n, evidence: [] };
  const calls = forecastMonth(estimateMean(strata), volume);
  const plain = withCapacity(calls, capacity);
  const unknown = whyUnknown(strata) ?? capacity.find(({ open }) => open !== undefined)?.open;
  if (plain.lowerUsd > limit.value) {
    const measured = dollars(plain.lowerUsd);
    const uncounted = unknown === undefined ? '' : `; not counted: ${unknown.what}`;
    return {
      outcome: 'fail',
      measured,
      limit,
      estimate: dollars(plain.estimateUsd),
      n,
      message: `${project(plain, question, `at least ${formatMeasurement(measured, limit)} with 95 % confidence`)}${uncounted}`,
      evidence: witnessesOf(witnesses(strata, 'dearest')),
    };
  }
  if (unknown === undefined) return judgeUpper(plain, question);
  const { what, missing } = unknown;
  const message = `the monthly cost is unknown: ${what} (${n} runs)`;
  return { outcome: 'inconclusive', message, missing, limit, n, evidence: refsOf(witnesses(strata, 'unknownAt')) };
}

/**
 * The upper bound is computed again with one more run in every scenario, as dear as its dearest; the plain one counts
 * where it is higher, because a further run also adds a degree of freedom.
 */
function judgeUpper(plain: Forecast, question: Question): CheckResult {
  const { strata, volume, limit, capacity } = question;
  const guarded = upperMonthUsd(estimateMean(withTail(strata)), volume) + capacityUsd(capacity, 'upper');
  const measured = dollars(round12(Math.max(plain.upperUsd, guarded)));
  const bound = `at most ${formatMeasurement(measured, limit)} with 95 % confidence, guarded against a tail not yet seen`;
  const proof = project(plain, question, bound);
  const evidence = refsOf(witnesses(strata, 'dearest'));
  const seen = { measured, limit, estimate: dollars(plain.estimateUsd), n: runsIn(strata), evidence };
  if (measured.value > limit.value) return { ...seen, ...whyNotProved(question, proof) };
  const few = whyNoProof(strata);
  if (few === undefined) return { ...seen, outcome: 'pass', message: proof };
  return { ...seen, outcome: 'inconclusive', message: `${proof}; ${few}`, missing: enoughRuns() };
}

function whyNotProved({ strata, volume, limit, capacity }: Question, proof: string) {
  const mean = estimateMean(strata);
  const callsUsd = forecastMonth(mean, volume).estimateUsd;
  const room = Math.log((limit.value - capacityUsd(capacity, 'upper')) / callsUsd);
  const needed = runsToDecide({ room, mean, above: volume.above, n: runsIn(strata) });
  if (needed === undefined) {
    return {
      outcome: 'inconclusive',
      message: `${proof}; no number of runs would prove it: the estimate or the declared volume reaches the limit`,
      missing: {
        input: 'room between the projected monthly cost and its limit',
        remedy: 'Lower the cost of a run, or narrow traffic.monthlyRuns where the volume is known better.',
      },
    } as const;
  }
  const remedy = `Record at least ${needed} runs of this release, in the mix of these.`;
  return {
    outcome: 'inconclusive',
    message: `${proof}; at least ${needed} runs in this mix would be needed to prove it`,
    missing: { input: 'more runs of this release', remedy },
  } as const;
}

function withCapacity({ estimateUsd, lowerUsd, upperUsd }: Forecast, capacity: readonly CapacityCost[]): Forecast {
  return {
    estimateUsd: round12(estimateUsd + capacityUsd(capacity, 'estimate')),
    lowerUsd: round12(lowerUsd + capacityUsd(capacity, 'lower')),
    upperUsd: round12(upperUsd + capacityUsd(capacity, 'upper')),
  };
}

function capacityUsd(capacity: readonly CapacityCost[], which: keyof CapacityCost['monthUsd']): number {
  return capacity.reduce((total, { monthUsd }) => total + monthUsd[which], 0);
}

/** The sentence with estimate, bound and what they rest on. */
function project({ estimateUsd, lowerUsd, upperUsd }: Forecast, question: Question, bound: string): string {
  const { limit, strata, capacity } = question;
  const text = (value: number) => formatMeasurement(dollars(value), limit);
  const ratio = round12(estimateUsd / limit.value);
  const times = Number.isFinite(ratio) ? `${formatNumber(ratio, { against: 1, significant: 2 })} times ` : '';
  const basis = `90 % interval ${text(lowerUsd)} to ${text(upperUsd)} from ${describeRuns(strata)}, ${prices(question)}`;
  return `projected ${text(estimateUsd)} a month, ${times}the limit of ${formatMeasurement(limit, limit)}: ${bound}; ${basis}${describeCapacity(capacity)}`;
}

/** The same calls at list price are shown beside where a contract changed what they cost. */
function prices({ strata, volume, pricedOn }: Question): string {
  const isContracted = strata.some(({ sample }) => sample.capacityCalls > 0 || atListPrice(sample).sum !== sample.sum);
  if (!isContracted) return `list prices of ${pricedOn}`;
  const atList = strata.map(({ sample, ...stratum }) => ({ ...stratum, sample: atListPrice(sample) }));
  const { estimateUsd } = forecastMonth(estimateMean(atList), volume);
  return `contracted and list prices of ${pricedOn}; calls that are in the list come to ${formatMeasurement(dollars(estimateUsd))} at list price`;
}

function witnesses(strata: readonly Stratum<CostSample>[], which: 'dearest' | 'unknownAt') {
  return strata.map(({ sample }) => sample[which]).reduce(mergeWitnesses, []);
}

function dollars(value: number): Measurement {
  return { value, unit: 'usd' };
}
