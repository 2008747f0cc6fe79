const UNITS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TEENS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const VALUES: ReadonlyMap<string, number> = new Map([
  ...UNITS.map((word, i) => [word, i + 1] as const),
  ...TEENS.map((word, i) => [word, i + 10] as const),
  ...TENS.map((word, i) => [word, (i + 2) * 10] as const),
]);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['thousand', 1_000],
  ['million', 1_000_000],
]);

const SMALL = `(?:(?:${TENS.join('|')})(?:[ -](?:${UNITS.join('|')}))?|${TEENS.join('|')}|${UNITS.join('|')})`;
const HUNDREDS = `(?:(?:(?:${SMALL}|a)[ -])?hundred(?:(?: and)?[ -]${SMALL})?|${SMALL})`;
const PHRASE = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?:${HUNDREDS}|a)[ -](?:thousand|million)(?:(?:,| and)?[ -]${HUNDREDS})?|${HUNDREDS})(?![\\p{L}\\p{N}])`,
  'giu',
);

/**
 * The numbers that a text names in English words, up to `nine hundred ninety-nine million`: `ten`, `twenty-five`, `a hundred
 * and five`. `one` by itself is none: most often it stands for a thing.
 */
export function numberWordsIn(text: string): readonly number[] {
  return [...text.matchAll(PHRASE)].flatMap(([phrase]) => (/^one$/i.test(phrase) ? [] : [numberIn(phrase)]));
}

function numberIn(phrase: string): number {
  let [total, current] = [0, 0];
  for (const word of phrase.toLowerCase().split(/[^a-z]+/)) {
    const scale = SCALES.get(word);
    if (scale !== undefined) {
      total += Math.max(1, current) * scale;
      current = 0;
    } else if (word === 'hundred') current = Math.max(1, current) * 100;
    else current += VALUES.get(word) ?? 0;
  }
  return total + current;
}
