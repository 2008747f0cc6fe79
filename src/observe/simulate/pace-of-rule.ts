import type { Pace } from '../wire/wire-api.ts';
import { MAX_WAIT_MS, type ScriptRule } from './script-schema.ts';

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

/**
 * How a rule paces one answer. A log-normal wait is median · (p95 / median)^(z / z95), held to the longest wait allowed.
 * @param normal a draw from the standard normal distribution
 * @param scale factor on all waits; 0 = at once
 */
export function paceOf({ firstMs, betweenMs }: ScriptRule['latency'], normal: number, scale: number): Pace {
  const drawn =
    typeof firstMs === 'number' ? firstMs : firstMs.median * (firstMs.p95 / firstMs.median) ** (normal / Z95);
  return { firstMs: Math.min(drawn, MAX_WAIT_MS) * scale, betweenMs: betweenMs * scale };
}
