/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** The 95 % point of the standard normal distribution. Source: NIST/SEMATECH e-Handbook 1.3.6.7.1. */
export const NORMAL_95 = 1.6448536269514722;
