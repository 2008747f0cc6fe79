import type { CheckResult } from '../../src/contract/check.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../src/contract/witness.ts';
import { CAUSES } from './attempt-cause.ts';
import { type AttemptSample, attemptPairs, emptyAttempts, guardedPairs, mergeAttempts } from './attempt-sample.ts';
import { logBounds } from './bounds.ts';
import { enoughRuns, whyNoBound, whyNoProof } from './enough-runs.ts';
import type { MeanEstimate } from './mean-estimate.ts';
import { estimateRatio, type Pairs } from './ratio-estimate.ts';
import { runsToDecide } from './runs-to-decide.ts';
import { describeRuns, type Stratum } from './strata.ts';

type Strata = readonly Stratum<AttemptSample>[];

/**
 * Cost of all attempts over that of the accepted ones. Attempts of unknown cost make two ratios of it. Fails when the
 * lower bound without them is over the limit. Passes when the upper bound with them is not: each costs as much as the
 * attempt that answered its request, or as the dearest call of its scenario where none did. An attempt may have been
 * dearer than the answer that followed it; nothing recorded says so.
 */
export function judgeAttempts(strata: Strata, limit: Measurement): CheckResult {
  const all = strata.map(({ sample }) => sample).reduce(mergeAttempts, emptyAttempts());
  const n = all.accepted.runs;
  const open = (message: string, missing: MissingInput) =>
    ({ outcome: 'inconclusive', message, missing, limit, n, evidence: refsOf(all.unpricedAt) }) as const;
  if (all.telling === 0) return open(`none of ${quantity(all.calls, 'call')} tells of attempts`, NOT_TOLD);
  const few = whyNoBound(counted(strata));
  if (few !== undefined) return open(few, enoughRuns());
  const known = estimateRatio(pairsOf(strata, (sample) => attemptPairs(sample, sample.wasted)));
  if (all.unpriced > 0 || known === undefined) {
    const what =
      all.unpriced > 0
        ? `${quantity(all.unpriced, 'call')} that answered without a price`
        : 'no answer that cost anything';
    return open(`what accepted attempts cost is unknown: ${what} (${quantity(n, 'run')})`, UNPRICED);
  }
  const { lower, estimate } = logBounds(known);
  if (lower > limit.value) {
    const measured = factor(lower);
    const message = `${describe(estimate, strata, limit)}: at least ${formatMeasurement(measured, limit)} with 95 % confidence${tell(all)}`;
    return {
      outcome: 'fail',
      measured,
      limit,
      estimate: factor(estimate),
      n,
      message,
      evidence: witnessesOf(all.wasteful),
    };
  }
  return judgeUpper(strata, known, limit);
}

const NOT_TOLD: MissingInput = {
  input: 'attempts of model calls',
  remedy: 'Record aigate.attempt with every model call, or the HTTP requests below it with http.request.resend_count.',
};
const UNPRICED: MissingInput = {
  input: 'prices of all model calls',
  remedy: 'Supply what cost/price-coverage names, in runs in which the model answered.',
};

function judgeUpper(strata: Strata, known: MeanEstimate, limit: Measurement): CheckResult {
  const all = strata.map(({ sample }) => sample).reduce(mergeAttempts, emptyAttempts());
  const possible = estimateRatio(pairsOf(strata, (sample) => attemptPairs(sample, sample.possible))) ?? known;
  const guarded = estimateRatio(pairsOf(strata, guardedPairs)) ?? known;
  const upper = round12(Math.max(logBounds(possible).upper, logBounds(guarded).upper) + uncostedShare(strata));
  const measured = factor(upper);
  const estimate = round12(possible.mean);
  const n = all.accepted.runs;
  const message = `${describe(estimate, strata, limit)}: at most ${formatMeasurement(measured, limit)} with 95 % confidence, guarded against a repetition not yet seen${tell(all)}`;
  const seen = { measured, limit, estimate: factor(estimate), n, message, evidence: refsOf(all.wasteful) };
  if (upper > limit.value) return { ...seen, outcome: 'inconclusive', missing: whatWouldProve(all, possible, limit) };
  const few = whyNoProof(counted(strata));
  if (few === undefined) return { ...seen, outcome: 'pass' };
  return { ...seen, outcome: 'inconclusive', message: `${message}; ${few}`, missing: enoughRuns() };
}

function whatWouldProve(all: AttemptSample, mean: MeanEstimate, limit: Measurement): MissingInput {
  if (all.unknown > 0) {
    const remedy = 'Export token counts with failed attempts too, and each attempt as a call of its own.';
    return { input: 'costs of all attempts', remedy };
  }
  const { runs } = all.accepted;
  const needed = runsToDecide({ room: Math.log(limit.value / mean.mean), mean, above: 0, n: runs }) ?? runs + 1;
  const remedy = `Record at least ${quantity(needed, 'run')} of this release, in the mix of these.`;
  return { input: 'more runs of this release', remedy };
}

/** What attempts of unknown cost that nothing answered may add, each as dear as the dearest call of its scenario. */
function uncostedShare(strata: Strata): number {
  let [added, accepted] = [0, 0];
  for (const { share, sample } of strata) {
    const { runs, sum } = sample.accepted;
    added += (share * sample.uncosted * Number(sample.dearestCall)) / runs;
    accepted += (share * Number(sum)) / runs;
  }
  return accepted > 0 ? added / accepted : 0;
}

function pairsOf(strata: Strata, of: (sample: AttemptSample) => Pairs): Stratum<Pairs>[] {
  return strata.map(({ sample, ...stratum }) => ({ ...stratum, sample: of(sample) }));
}

function counted(strata: Strata) {
  return strata.map(({ sample, ...stratum }) => ({ ...stratum, sample: sample.accepted }));
}

function describe(estimate: number, strata: Strata, limit: Measurement): string {
  const times = formatMeasurement(factor(estimate), limit);
  return `all attempts cost ${times} times what the accepted ones do, limit ${formatMeasurement(limit, limit)} (${describeRuns(counted(strata))})`;
}

/** `; 24 attempts beside the last ones: 12 rate limit, 12 not told; 3 failed calls that nothing repeated not counted`. */
function tell({ causes, unknown, lone, calls }: AttemptSample): string {
  const named = CAUSES.flatMap((cause) => (causes[cause] === undefined ? [] : [{ cause, count: causes[cause] }]));
  const attempts = named.reduce((total, { count }) => total + count, 0);
  const list = named.map(({ cause, count }) => `${formatNumber(count)} ${cause}`).join(', ');
  const parts = [
    attempts === 0
      ? `no request of ${quantity(calls, 'call')} was repeated`
      : `${quantity(attempts, 'attempt')} beside the last ones: ${list}`,
    ...(unknown === 0 ? [] : [`${formatNumber(unknown)} of them without a known cost`]),
    ...(lone === 0 ? [] : [`${quantity(lone, 'failed call')} that nothing repeated not counted`]),
  ];
  return `; ${parts.join('; ')}`;
}

function factor(value: number): Measurement {
  return { value, unit: 'count' };
}
