import { round12 } from '../units.ts';

/** How far the sample's scenario shares may be from the traffic's before runs are no longer pooled. */
const POOLING_TOLERANCE = 0.05;

/**
 * Half the summed absolute difference between sample shares and declared shares (total variation distance),
 * 0–1. 1 when nothing was counted.
 */
export function mixDistance(
  counts: Readonly<Record<string, number>>,
  shares: Readonly<Record<string, number>>,
): number {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return 1;
  const ids = new Set([...Object.keys(counts), ...Object.keys(shares)]);
  let distance = 0;
  for (const id of ids) distance += Math.abs((counts[id] ?? 0) / total - (shares[id] ?? 0));
  return distance / 2;
}

/** Whether the runs of all scenarios may be judged as one sample: only when the sample mix is the traffic mix. */
export function isPoolable(
  counts: Readonly<Record<string, number>>,
  shares: Readonly<Record<string, number>>,
): boolean {
  return round12(mixDistance(counts, shares)) <= POOLING_TOLERANCE;
}
