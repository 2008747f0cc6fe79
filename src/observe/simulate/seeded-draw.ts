import { createHash } from 'node:crypto';

/** What is drawn for one call: the same for the same seed and name of the call, in every process. */
export interface Draw {
  /** 24 characters of 0–9 and a–f, for ids. */
  readonly id: string;
  /** A draw from the standard normal distribution; its magnitude is below 9. */
  readonly normal: number;
}

/** Draws by hash, so that calls may come in any order. Normal by Box and Muller (1958), doi:10.1214/aoms/1177706645. */
export function seededDraw(seed: number, ...call: readonly (string | number)[]): Draw {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...call]))
    .digest();
  // 48 bits are whole numbers in a double; a half keeps the logarithm finite.
  const [first, second] = [digest.readUIntBE(0, 6), digest.readUIntBE(6, 6)].map((bits) => (bits + 0.5) / 2 ** 48);
  const radius = Math.sqrt(-2 * Math.log(first ?? 0.5));
  return { id: digest.toString('hex', 12, 24), normal: radius * Math.cos(2 * Math.PI * (second ?? 0)) };
}
