/** Numbers of runs as exact moments of integers ≥ 0, such as costs in nano-USD. Mutable by `addMoment` alone. */
export interface Moments {
  runs: number;
  sum: bigint;
  /** Sum of the squares. */
  squares: bigint;
  /** Largest number. */
  max: bigint;
}

export function emptyMoments(): Moments {
  return { runs: 0, sum: 0n, squares: 0n, max: 0n };
}

/** Adds the number of one run in place. */
export function addMoment(into: Moments, value: bigint): void {
  into.runs += 1;
  if (value === 0n) return;
  into.sum += value;
  into.squares += value * value;
  into.max = larger(into.max, value);
}

export function mergeMoments(a: Moments, b: Moments): Moments {
  return { runs: a.runs + b.runs, sum: a.sum + b.sum, squares: a.squares + b.squares, max: larger(a.max, b.max) };
}

/** One more run as large as the largest: what a small sample has not seen yet is the tail. */
export function withTailRun({ runs, sum, squares, max }: Moments): Moments {
  return { runs: runs + 1, sum: sum + max, squares: squares + max * max, max };
}

/** `Math.max` has no form for integers of any size. */
export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
