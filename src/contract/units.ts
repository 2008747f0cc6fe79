/** Units a measured value may carry. Money is US dollars when shown, integer nano-USD when summed. */
export type Unit = 'usd' | 'ms' | 'ratio' | 'count' | 'days';

/** A value with its unit: the number that was compared is the number that is shown. */
export interface Measurement {
  readonly value: number;
  readonly unit: Unit;
}

/** Nano-dollars in one dollar: list prices per million tokens stay integers down to 0.001 USD/Mtok. */
export const NANO_USD_PER_USD = 1_000_000_000;

/**
 * Rounds to 12 significant digits, so that engines whose `Math.log` or `Math.exp` differ in the last
 * bits agree on every comparison. NaN and infinities are returned unchanged.
 */
export function round12(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value;
}

/**
 * The one way a measurement becomes text. Never rounds a value onto or across its limit:
 * up to 12 significant digits are printed when fewer would hide a difference.
 */
export function formatMeasurement({ value, unit }: Measurement): string {
  switch (unit) {
    case 'usd':
      return `${group(value, 2)} USD`;
    case 'ms':
      return `${group(value, 3)} ms`;
    case 'ratio':
      return `${trim(value * 100, 4)} %`;
    case 'count':
      return group(value, 3);
    case 'days':
      return `${trim(value, 3)} days`;
  }
}

function group(value: number, decimals: number): string {
  const [whole = '0', fraction] = trim(value, value !== 0 && Math.abs(value) < 1 ? 9 : decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function trim(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value);
  return round12(value)
    .toFixed(decimals)
    .replace(/\.?0+$/, (tail) => (tail.startsWith('.') ? '' : decimals === 0 ? tail : ''));
}
