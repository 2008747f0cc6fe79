import { describe, expect, it } from 'vitest';
import { type ShownAndSent, showsBrokenWords } from './broken-words.ts';

const WHOLE = 'Risk: medium. Two chargebacks.';
const HALF = 'Risk: medium. Two';

const whole = { answer: { text: WHOLE, isComplete: true }, end: 'clean', fault: undefined } as const;
const broken = (text: string) =>
  ({ answer: { text, isComplete: false }, end: 'reset', fault: 'stream-reset' }) as const;

const shows = (answer: string | undefined, ...exchanges: ShownAndSent['exchanges']) =>
  showsBrokenWords({ answer, exchanges }, 'stream-reset');

describe('words of a broken answer', () => {
  it.each([
    ['before the answer of another', `${HALF}${WHOLE}\n`, [broken(HALF), whole]],
    ['on lines of their own', `Risk: medium.\n Two\n${WHOLE}`, [broken(HALF), whole]],
    ['alone, where no answer came whole', HALF, [broken(HALF)]],
    ['in JSON', JSON.stringify({ text: 'He said "no risk" and' }), [broken('He said "no risk" and')]],
    ['in JSON with escaped letters', '{"text":"M\\u00fcnchen lies in"}', [broken('München lies in')]],
    ['twice, of two attempts', `${HALF}${HALF}`, [broken(HALF), broken(HALF), whole]],
    ['of eight characters', 'Risk: mediumRisk: medium. Two chargebacks.', [broken('Risk: me'), whole]],
  ])('are seen %s', (_name, answer, exchanges) => expect(shows(answer, ...exchanges)).toBe(true));

  it.each([
    ['where the run shows the whole answer alone', WHOLE, [broken(HALF), whole]],
    ['where it shows nothing', undefined, [broken(HALF), whole]],
    ['of less than eight characters', `Risk: m${WHOLE}`, [broken('Risk: m'), whole]],
    ['where nothing was sent', WHOLE, [broken(''), whole]],
    ['where the answer broke after its last word', WHOLE, [broken(WHOLE), whole]],
    ['of an answer that no fault met', `${HALF}${WHOLE}`, [{ ...broken(HALF), fault: undefined }, whole]],
  ])('are not seen %s', (_name, answer, exchanges) => expect(shows(answer, ...exchanges)).toBe(false));

  it('are those of the answer itself where the fault leaves it as it was', () => {
    const slow = { ...whole, fault: 'slow-drip' };
    expect(showsBrokenWords({ answer: WHOLE, exchanges: [slow] }, 'slow-drip')).toBe(false);
  });
});
