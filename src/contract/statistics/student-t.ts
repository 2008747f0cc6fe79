import { betaDistribution, bisect } from './special-functions.ts';

/** P(T ≤ t) of Student's t with `df` > 0 degrees of freedom (DLMF 8.17 through the incomplete beta). */
export function studentDistribution(df: number): (t: number) => number {
  const beta = betaDistribution(df / 2, 0.5);
  return (t) => {
    const tail = 0.5 * beta(df / (df + t * t));
    return t >= 0 ? 1 - tail : tail;
  };
}

/** The t with P(T ≤ t) = p, for 0 < p < 1. studentQuantile(0.95, 9) = 1.8331129327. */
export function studentQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, df);
  const cdf = studentDistribution(df);
  let high = 1;
  while (cdf(high) < p && high < 1e12) high *= 2;
  return bisect(cdf, p, 0, high);
}
