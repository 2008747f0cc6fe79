/** Units a measured value may carry. Money is US dollars when shown, integer nano-USD when summed. */
export const UNITS = ['usd', 'ms', 'ratio', 'count', 'days'] as const;
export type Unit = (typeof UNITS)[number];

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
 * The one way a measurement becomes text: `9,000 USD`, `7,842 ms`, `99.5 %`, `0.000125 USD`. Four significant digits
 * and every whole digit are printed, and more where fewer would mislead: see `formatNumber`.
 * `against` is what the value is compared with, in the same unit; a limit, printed against itself, is exact.
 */
export function formatMeasurement({ value, unit }: Measurement, against?: Measurement): string {
  const scale = unit === 'ratio' ? 100 : 1;
  const number = formatNumber(value * scale, { against: against === undefined ? undefined : against.value * scale });
  switch (unit) {
    case 'usd':
      return `${number} USD`;
    case 'ms':
      return `${number} ms`;
    case 'ratio':
      return `${number} %`;
    case 'count':
      return number;
    case 'days':
      return `${number} ${number === '1' ? 'day' : 'days'}`;
  }
}

/**
 * A number shortened without misleading, at most to 12 significant digits. A shortened number never ends in 0, so that
 * 8999.99 cannot look like the 9000 it stays under; and never reaches or crosses `against` unless the value does.
 */
export function formatNumber(
  value: number,
  { against, significant = 4 }: { readonly against?: number | undefined; readonly significant?: number } = {},
): string {
  const exact = round12(value);
  if (!Number.isFinite(exact) || exact === 0) return String(exact + 0);
  const fewest = Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(exact))));
  for (let decimals = fewest; decimals < fewest + 12 && decimals <= 100; decimals += 1) {
    const text = exact.toFixed(decimals);
    const shown = Number(text);
    if (shown === exact) return group(decimals === 0 ? text : text.replace(/\.?0+$/, ''));
    const isOnItsSide =
      against === undefined || Math.sign(shown - round12(against)) === Math.sign(exact - round12(against));
    if (!text.endsWith('0') && isOnItsSide) return group(text);
  }
  return String(exact);
}

function group(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
