import { mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { CAUSES, type Cause } from './attempt-cause.ts';
import { emptyMoments, larger, type Moments, mergeMoments } from './moments.ts';
import type { Pairs } from './ratio-estimate.ts';

/** A second number of the same runs, in nano-USD: with their accepted cost it gives a ratio. */
export interface Beside {
  sum: bigint;
  squares: bigint;
  /** Sum of its products with the accepted cost of the run. */
  products: bigint;
}

/** What the attempts of the runs of one scenario cost at list price, calls that are not in the list at their own. */
export interface AttemptSample {
  /** Cost of the calls of a run that answered and were not repeated. */
  accepted: Moments;
  /** Cost of the other attempts of requests that were repeated, as far as it is known. */
  wasted: Beside;
  /** The same with every attempt of unknown cost at the cost of the one that answered. */
  possible: Beside;
  /** Attempts whose cost is not known, and those among them of requests that nothing answered. */
  unknown: number;
  uncosted: number;
  /** Cost of the dearest call that answered. */
  dearestCall: bigint;
  /** Calls that answered and have no price. */
  unpriced: number;
  /** Calls that say anything of attempts, and all calls. */
  telling: number;
  calls: number;
  /** Failed calls that nothing repeated. */
  lone: number;
  /** Attempts that were not the last, by cause. */
  causes: Partial<Record<Cause, number>>;
  /** The runs that wasted most. */
  wasteful: Witness[];
  unpricedAt: Witness[];
}

export function emptyAttempts(): AttemptSample {
  return {
    accepted: emptyMoments(),
    wasted: { sum: 0n, squares: 0n, products: 0n },
    possible: { sum: 0n, squares: 0n, products: 0n },
    unknown: 0,
    uncosted: 0,
    dearestCall: 0n,
    unpriced: 0,
    telling: 0,
    calls: 0,
    lone: 0,
    causes: {},
    wasteful: [],
    unpricedAt: [],
  };
}

/** Adds the number of one run in place. */
export function addBeside(into: Beside, value: bigint, accepted: bigint): void {
  into.sum += value;
  into.squares += value * value;
  into.products += value * accepted;
}

export function mergeAttempts(a: AttemptSample, b: AttemptSample): AttemptSample {
  const causes: AttemptSample['causes'] = {};
  for (const cause of CAUSES) {
    const count = (a.causes[cause] ?? 0) + (b.causes[cause] ?? 0);
    if (count > 0) causes[cause] = count;
  }
  return {
    accepted: mergeMoments(a.accepted, b.accepted),
    wasted: mergeBeside(a.wasted, b.wasted),
    possible: mergeBeside(a.possible, b.possible),
    unknown: a.unknown + b.unknown,
    uncosted: a.uncosted + b.uncosted,
    dearestCall: larger(a.dearestCall, b.dearestCall),
    unpriced: a.unpriced + b.unpriced,
    telling: a.telling + b.telling,
    calls: a.calls + b.calls,
    lone: a.lone + b.lone,
    causes,
    wasteful: mergeWitnesses(a.wasteful, b.wasteful),
    unpricedAt: mergeWitnesses(a.unpricedAt, b.unpricedAt),
  };
}

/** All attempts (x) beside the accepted ones (y). */
export function attemptPairs({ accepted }: AttemptSample, beside: Beside): Pairs {
  const { runs, sum, squares } = accepted;
  return {
    runs,
    x: sum + beside.sum,
    xx: squares + 2n * beside.products + beside.squares,
    y: sum,
    yy: squares,
    xy: squares + beside.products,
  };
}

/** The same with one more run, as dear as the dearest and repeated once: a small sample may not have seen one yet. */
export function guardedPairs(sample: AttemptSample): Pairs {
  const { max } = sample.accepted;
  const { runs, x, xx, y, yy, xy } = attemptPairs(sample, sample.possible);
  const square = max * max;
  return { runs: runs + 1, x: x + 2n * max, xx: xx + 4n * square, y: y + max, yy: yy + square, xy: xy + 2n * square };
}

function mergeBeside(a: Beside, b: Beside): Beside {
  return { sum: a.sum + b.sum, squares: a.squares + b.squares, products: a.products + b.products };
}
