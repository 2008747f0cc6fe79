import { describe, expect, it } from 'vitest';
import { numberWordsIn } from './number-words.ts';

describe('numberWordsIn', () => {
  it.each<[string, number[]]>([
    ['ten dollars', [10]],
    ['Send Twenty-five, please', [25]],
    ['twenty five', [25]],
    ['two bags and three seats', [2, 3]],
    ['a hundred', [100]],
    ['hundred and five', [105]],
    ['two hundred fifty', [250]],
    ['nineteen hundred', [1900]],
    ['a thousand', [1000]],
    ['one thousand, two hundred and thirty-four', [1234]],
    ['three million and five', [3_000_005]],
    ['forty forty', [40, 40]],
    ['two three', [2, 3]],
    ['one hundred', [100]],
    ['twenty-one', [21]],
    ['this one', []],
    ['One more thing', []],
    ['someone often tends to be weighty', []],
    ['a tenth', []],
    ['thousand', []],
    ['10 and x-ten', []],
    ['', []],
  ])('finds in %j the numbers %j', (text, numbers) => {
    expect(numberWordsIn(text)).toEqual(numbers);
  });

  it('reads in time that grows with the text', () => {
    for (const part of ['one ', 'twenty-', 'hundred and ', 'a ', 'a thousand, ']) {
      expect(numberWordsIn(part.repeat(50_000)).every(Number.isSafeInteger)).toBe(true);
    }
  });
});
