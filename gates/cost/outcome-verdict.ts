import type { CheckResult } from '../../src/contract/check.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { quantity } from '../../src/contract/quantity.ts';
import {
  formatMeasurement,
  formatNumber,
  type Measurement,
  NANO_USD_PER_USD,
  round12,
} from '../../src/contract/units.ts';
import { UNSEEN_CALLS } from '../../src/contract/unseen-calls.ts';
import { mergeWitnesses, refsOf, type Witness, witnessesOf } from '../../src/contract/witness.ts';
import { type Bounds, logBounds } from './bounds.ts';
import type { CostSample } from './cost-sample.ts';
import { enoughRuns, whyNoBound, whyNoProof } from './enough-runs.ts';
import type { MeanEstimate } from './mean-estimate.ts';
import { type Moments, withTailRun } from './moments.ts';
import { estimateRatio, type Pairs } from './ratio-estimate.ts';
import { runsToDecide } from './runs-to-decide.ts';
import { describeRuns, runsIn, type Stratum } from './strata.ts';
import { whyNotOwn } from './unknown-costs.ts';

type Strata = readonly Stratum<CostSample>[];

/**
 * Cost of all runs over the number that succeeded. Fails when the lower bound is over the limit, with runs that do not
 * say how they ended taken for successes and calls without a price for free; or when no run succeeded. Passes when every
 * cost and every outcome is known and the upper bound, guarded by one more run in every scenario that is as dear as its
 * dearest and fails, stays within the limit. Inconclusive otherwise.
 */
export function judgeOutcomes(strata: Strata, limit: Measurement): CheckResult {
  const n = runsIn(strata);
  const few = whyNoBound(strata);
  if (few !== undefined)
    return { outcome: 'inconclusive', message: few, missing: enoughRuns(), limit, n, evidence: [] };
  const ratio = estimateRatio(pairsOf(strata, (sample) => sample));
  if (ratio === undefined) return withoutRatio(strata, limit);
  const plain = inDollars(ratio);
  if (plain.lower > limit.value) {
    const measured = dollars(plain.lower);
    const bound = `at least ${formatMeasurement(measured, limit)} with 95 % confidence`;
    const unknown = whyUnknown(strata);
    const message = `${describe(plain, strata, limit)}: ${bound}${unknown === undefined ? '' : `; not counted: ${unknown.what}`}`;
    const evidence = witnessesOf(dearest(strata));
    return { outcome: 'fail', measured, limit, estimate: dollars(plain.estimate), n, message, evidence };
  }
  return whyOpen(strata, limit) ?? judgeUpper(ratio, strata, limit);
}

/** Nothing was spent as far as is known, or nothing succeeded. */
function withoutRatio(strata: Strata, limit: Measurement): CheckResult {
  const spent = strata.reduce((total, { sample }) => total + sample.sum, 0n);
  const n = runsIn(strata);
  if (spent === 0n) {
    const message = 'nothing is known to have cost anything';
    return (
      whyOpen(strata, limit) ?? { outcome: 'inconclusive', message, missing: UNSEEN_CALLS, limit, n, evidence: [] }
    );
  }
  const measured = dollars(round12(Number(spent) / NANO_USD_PER_USD));
  const message = `none of ${describeRuns(strata)} succeeded: one success costs at least the ${formatMeasurement(measured)} that all of them cost, limit ${formatMeasurement(limit, limit)}`;
  return { outcome: 'fail', measured, limit, n, message, evidence: witnessesOf(dearest(strata)) };
}

function judgeUpper(ratio: MeanEstimate, strata: Strata, limit: Measurement): CheckResult {
  const plain = inDollars(ratio);
  const guarded = estimateRatio(pairsOf(strata, withTailRun));
  const upper = Math.max(plain.upper, guarded === undefined ? 0 : inDollars(guarded).upper);
  const measured = dollars(upper);
  const bound = `at most ${formatMeasurement(measured, limit)} with 95 % confidence, guarded against a failure not yet seen`;
  const message = `${describe(plain, strata, limit)}: ${bound}`;
  const n = runsIn(strata);
  const seen = { measured, limit, estimate: dollars(plain.estimate), n, evidence: refsOf(dearest(strata)) };
  if (upper > limit.value) {
    const needed = runsToDecide({ room: Math.log(limit.value / plain.estimate), mean: ratio, above: 0, n });
    return { ...seen, outcome: 'inconclusive', message, missing: needed === undefined ? NO_ROOM : moreRuns(needed) };
  }
  const few = whyNoProof(strata);
  if (few === undefined) return { ...seen, outcome: 'pass', message };
  return { ...seen, outcome: 'inconclusive', message: `${message}; ${few}`, missing: enoughRuns() };
}

const NO_ROOM: MissingInput = {
  input: 'room between the cost of a success and its limit',
  remedy: 'Lower the cost of a run, or let more of them succeed: the estimate reaches the limit.',
};

function moreRuns(needed: number): MissingInput {
  const remedy = `Record at least ${quantity(needed, 'run')} of this release, in the mix of these.`;
  return { input: 'more runs of this release', remedy };
}

function whyOpen(strata: Strata, limit: Measurement): CheckResult | undefined {
  const unknown = whyUnknown(strata);
  if (unknown === undefined) return undefined;
  const { what, missing, at } = unknown;
  const n = runsIn(strata);
  const message = `the cost of a success is unknown: ${what} (${quantity(n, 'run')})`;
  return { outcome: 'inconclusive', message, missing, limit, n, evidence: refsOf(at) };
}

function whyUnknown(strata: Strata) {
  const costs = whyNotOwn(strata);
  if (costs !== undefined)
    return { ...costs, at: witnessesIn(strata, ({ unknownAt, capacityAt }) => [...unknownAt, ...capacityAt]) };
  const untold = strata.reduce((total, { sample }) => total + sample.untold.runs, 0);
  if (untold === 0) return undefined;
  const remedy = 'Record aigate.outcome (success, failure or abandoned) on the root span of every run.';
  const at = witnessesIn(strata, ({ untoldAt }) => untoldAt);
  return {
    what: `no outcome is recorded for ${formatNumber(untold)}`,
    missing: { input: 'outcomes of runs', remedy },
    at,
  };
}

/** x: the cost of a run in nano-USD; y: 1 for a run that succeeded, or may have. */
function pairsOf(strata: Strata, momentsOf: (sample: Moments) => Moments): Stratum<Pairs>[] {
  return strata.map(({ sample, ...stratum }) => {
    const { runs, sum, squares } = momentsOf(sample);
    const successes = BigInt(sample.succeeded.runs + sample.untold.runs);
    const xy = sample.succeeded.cost + sample.untold.cost;
    return { ...stratum, sample: { runs, x: sum, xx: squares, y: successes, yy: successes, xy } };
  });
}

function describe({ estimate, lower, upper }: Bounds, strata: Strata, limit: Measurement): string {
  const text = (value: number) => formatMeasurement(dollars(value), limit);
  const [successes, n] = [strata.reduce((total, { sample }) => total + sample.succeeded.runs, 0), runsIn(strata)];
  return `a success costs ${text(estimate)}, limit ${formatMeasurement(limit, limit)} (90 % interval ${text(lower)} to ${text(upper)} from ${describeRuns(strata)}, ${formatNumber(round12((100 * successes) / n))} % of them successful)`;
}

function witnessesIn(strata: Strata, of: (sample: CostSample) => readonly Witness[]): Witness[] {
  return strata.map(({ sample }) => of(sample)).reduce<Witness[]>(mergeWitnesses, []);
}

function dearest(strata: Strata): Witness[] {
  return witnessesIn(strata, (sample) => sample.dearest);
}

/** Nano-USD to US dollars. */
function inDollars(ratio: MeanEstimate): Bounds {
  return logBounds({ ...ratio, mean: ratio.mean / NANO_USD_PER_USD });
}

function dollars(value: number): Measurement {
  return { value, unit: 'usd' };
}
