/** Millionths in a unit: amounts are added as integers, so that no order of adding changes a sum. */
const MICRO = 1_000_000;
const DECIMAL = /^[+-]?\d{1,15}(?:\.\d+)?$/;

/**
 * An amount in millionths, for sums. What is below zero counts as zero: taking money back is no licence to send more.
 * Undefined = no number, written with a currency, or too large to be kept exactly.
 */
export function microUnits(value: unknown): bigint | undefined {
  const amount = typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return undefined;
  const micro = Math.round(amount * MICRO);
  if (Math.abs(micro) > Number.MAX_SAFE_INTEGER) return undefined;
  return BigInt(Math.max(0, micro));
}

/** The same of a declared limit; one that is too large to be kept is never reached by a sum that is. */
export function toMicro(limit: number): bigint {
  return BigInt(Math.min(Number.MAX_SAFE_INTEGER, Math.round(limit * MICRO)));
}

/** A sum as a number again, for messages. */
export function fromMicro(micro: bigint): number {
  return Number(micro) / MICRO;
}
