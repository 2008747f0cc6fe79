import { LEAST_RATE } from '../../src/contract/limit.ts';

/**
 * Reads `rate>=0.995` as a ratio. Only `>=` is read: the bound must reach the rate, and a second spelling would
 * promise a difference that no sample can show.
 * @throws RangeError naming what was expected
 */
export function parseRate(text: string): number {
  const digits = /^\s*rate\s*>=\s*(\d+(?:\.\d+)?)\s*$/.exec(text)?.[1];
  const rate = digits === undefined ? Number.NaN : Number(digits);
  if (rate >= LEAST_RATE && rate <= 1) return rate;
  throw new RangeError(
    `expected rate>= and a number from ${LEAST_RATE} to 1, such as rate>=0.995, got ${JSON.stringify(text)}`,
  );
}
