import { formatNumber } from './units.ts';

/** A counted noun: `1 call`, `1,200 calls`. Give the plural where it is not noun + s. */
export function quantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}
