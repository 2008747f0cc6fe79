import { bisect, regularisedBeta } from './special-functions.ts';

/** P(T ≤ t) for Student's t with `df` > 0 degrees of freedom (DLMF 8.17 through the incomplete beta). */
export function studentCdf(t: number, df: number): number {
  const tail = 0.5 * regularisedBeta(df / (df + t * t), df / 2, 0.5);
  return t >= 0 ? 1 - tail : tail;
}

/** The t with P(T ≤ t) = p, for 0 < p < 1. studentQuantile(0.95, 9) = 1.8331129327. */
export function studentQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, df);
  let high = 1;
  while (studentCdf(high, df) < p && high < 1e12) high *= 2;
  return bisect((t) => studentCdf(t, df), p, 0, high);
}
