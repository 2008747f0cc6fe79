import { numberWordsIn } from './number-words.ts';

/** A number begins behind no letter or digit, save behind a currency. A minus behind either is a hyphen. */
const NUMBER =
  /(?:(?<![\p{L}\p{N}_.,])|(?<=(?<!\p{L})(?:usd|eur|gbp|chf|jpy|cad|aud|inr|cny|sek|nok|dkk|pln)))((?<![\p{L}\p{N}_]\p{Pd}?)-)?(\d+(?:[.,'’\u00a0\u202f]\d+)*)(?![\p{N}_])(?:\s?(k|m|mio|bn|thousand|million|billion|%|percent)(?![\p{L}\p{N}]))?/giu;

const MULTIPLES: Readonly<Record<string, number>> = {
  ...{ k: 1e3, thousand: 1e3, m: 1e6, mio: 1e6, million: 1e6, bn: 1e9, billion: 1e9 },
  ...{ '%': 0.01, percent: 0.01 },
};

/** Dates, times and ordinals. */
const NO_NUMBERS =
  /(?<!\d)\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?!\d)|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?<!\d)\d{1,3}(?:st|nd|rd|th)(?!\p{L})/giu;

/**
 * The numbers that a text names, however they are grouped: `1,200.50`, `1.200,50`, `1 200`, `$1.2k`. `1.200` is read both
 * ways; `ten` and `a hundred and five` count, too. Digits within a name or a date are none.
 */
export function numbersIn(written: string): ReadonlySet<number> {
  const text = written.replace(NO_NUMBERS, ' ');
  const found = new Set(numberWordsIn(text));
  for (const [, minus, digits = '', multiple] of text.matchAll(NUMBER)) {
    for (const value of readings(digits)) {
      const signed = minus === undefined ? value : -value;
      found.add(signed);
      if (multiple !== undefined) found.add(signed * (MULTIPLES[multiple.toLowerCase()] ?? 1));
    }
  }
  // Groups that are parted by spaces, besides what each stands for alone.
  for (const [grouped] of text.matchAll(/(?<![\p{L}\p{N}_.,-])\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?(?![\p{N}_])/gu)) {
    found.add(Number(grouped.replaceAll(' ', '').replace(',', '.')));
  }
  return found;
}

function readings(digits: string): readonly number[] {
  const separators = [...digits.matchAll(/\D/g)].map(([separator]) => separator);
  const last = separators.at(-1);
  if (last === undefined) return [Number(digits)];
  const parts = digits.split(/\D/);
  const isGrouped = (groups: readonly string[]) =>
    (groups[0] ?? '').length <= 3 && groups.slice(1).every((group) => group.length === 3);
  const areAlike = separators.every((separator) => separator === last);
  const whole = Number(parts.join(''));
  const decimal = Number(`${parts.slice(0, -1).join('')}.${parts.at(-1)}`);
  if (areAlike && isGrouped(parts)) return last === '.' && parts.length === 2 ? [whole, decimal] : [whole];
  const isDecimal = (last === '.' || last === ',') && separators.indexOf(last) === separators.length - 1;
  return isDecimal && (parts.length === 2 || isGrouped(parts.slice(0, -1))) ? [decimal] : [];
}
