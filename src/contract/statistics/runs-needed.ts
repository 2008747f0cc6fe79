import { rateLowerBound, rateUpperBound, runsToProve } from './binomial.ts';

/**
 * What a merely healthy service fails, as a share of what it is allowed to: with the fewest runs that can pass, 59 for
 * 95 % and 598 for 99.5 %, such a service passes about half of the time.
 */
const HEALTHY = 0.25;
/** Chance of passing that is planned for. */
const CHANCE = 0.9;
/** Failures that a plan may admit; more runs than these need is no plan but a production window. */
const MOST_FAILURES = 200;

export interface RunsNeeded {
  /** Fewest that can pass, without a single failure. */
  readonly fewest: number;
  /** As many as give a healthy service the chance of `CHANCE`, with the failures that are then admitted. */
  readonly likely: number;
  readonly failures: number;
}

/**
 * Runs that prove that at most the share `allowed` (0–1, exclusive) fails, by the exact one-sided bound. `likely` is
 * the smallest number with c admitted failures, c = 0, 1, …, for which P(Bin(n, allowed × HEALTHY) ≤ c) reaches the
 * chance. @throws RangeError outside 0–1
 */
export function runsNeeded(allowed: number): RunsNeeded {
  if (!(allowed > 0 && allowed < 1)) throw new RangeError(`no share between 0 and 1: ${allowed}`);
  const fewest = runsToProve(1 - allowed);
  let n = fewest;
  for (let failures = 0; failures < MOST_FAILURES; failures++) {
    n = fewestWith(failures, allowed, n);
    if (chanceOfAtMost(failures, n, allowed * HEALTHY) >= CHANCE) return { fewest, likely: n, failures };
  }
  return { fewest, likely: n, failures: MOST_FAILURES };
}

/** What `n` runs of which `failures` failed prove: the highest rate that the bound reaches. */
export function provenRate(n: number, failures = 0): number {
  return rateLowerBound(n - failures, n);
}

/** Smallest n ≥ `from` for which `failures` failures still leave the upper bound at or under `allowed`. */
function fewestWith(failures: number, allowed: number, from: number): number {
  const isProved = (n: number) => rateUpperBound(failures, n) <= allowed;
  let [low, high] = [from, from];
  while (!isProved(high)) [low, high] = [high, 2 * high];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isProved(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** P(Bin(n, p) ≤ k), summed from the mode's side that is small enough to be exact: k is at most a few hundred. */
function chanceOfAtMost(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return sum;
}
