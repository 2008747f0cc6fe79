import { describe, expect, it } from 'vitest';
import type { TextAssertion } from '../contract/plan.ts';
import { compileAssertions } from './text-assertions.ts';

async function fact(assertion: TextAssertion, text: string, finish?: readonly string[]) {
  return (await compileAssertions([assertion]))({ text, finish, citations: 0 });
}

const A = { text: 'a', finish: undefined, citations: 0 };
const schema = { type: 'object', required: ['policy'], properties: { policy: { type: 'string' } } };

describe('compileAssertions', () => {
  it.each<[string, TextAssertion, string, string]>([
    ['equals ignores surrounding space', { type: 'equals', value: ' yes\n' }, 'yes ', '1'],
    ['equals is exact otherwise', { type: 'equals', value: 'yes' }, 'Yes', '0'],
    ['contains', { type: 'contains', value: 'Risk:' }, 'Case 7. Risk: high', '1'],
    ['contains respects case', { type: 'contains', value: 'risk:' }, 'Risk: high', '0'],
    ['icontains does not', { type: 'icontains', value: 'RISK:' }, 'Risk: high', '1'],
    ['not-contains', { type: 'not-contains', value: 'secret' }, 'public', '1'],
    [
      'not-contains far into a long text',
      { type: 'not-contains', value: 'secret' },
      `${'x'.repeat(300_000)}secret`,
      '0',
    ],
    ['regex', { type: 'regex', value: '^\\d{4}$' }, '2026', '1'],
    ['regex at its limit', { type: 'regex', value: 'x$' }, 'x'.repeat(100_000), '1'],
    ['regex does not hold on what it cannot see whole', { type: 'regex', value: '^x*$' }, 'x'.repeat(100_001), '0'],
    ['not-regex', { type: 'not-regex', value: '^\\d{4}$' }, 'year', '1'],
    ['not-regex that is found', { type: 'not-regex', value: '(?i)you.re right' }, "YOU'RE RIGHT!", '0'],
    [
      'not-regex does not hold either on what it cannot see',
      { type: 'not-regex', value: 'y' },
      'x'.repeat(100_001),
      '0',
    ],
    ['is-json', { type: 'is-json', schema: undefined }, '{"a":1}', '1'],
    ['is-json refuses text around it', { type: 'is-json', schema: undefined }, '```json\n{}\n```', '0'],
    ['is-json refuses a truncated answer', { type: 'is-json', schema: undefined }, '{"a":', '0'],
    ['is-json refuses NaN', { type: 'is-json', schema: undefined }, '{"a":NaN}', '0'],
    ['is-json refuses nothing', { type: 'is-json', schema: undefined }, '', '0'],
    ['is-json with a schema', { type: 'is-json', schema }, '{"policy":"FR-12"}', '1'],
    ['is-json with a schema that does not hold', { type: 'is-json', schema }, '{"policy":12}', '0'],
    ['is-json with a schema that nothing meets', { type: 'is-json', schema: false }, '{}', '0'],
    ['not-refusal', { type: 'not-refusal' }, 'Case 7. Risk: high', '1'],
  ])('%s', async (_name, assertion, text, expected) => {
    expect(await fact(assertion, text)).toBe(expected);
  });

  it.each([
    'I’m sorry, but I can’t help with that.',
    "I'm unable to share this.",
    '  I cannot comply with this request.',
    'Unfortunately, I am not able to do that.',
    'As an AI, I have no opinion.',
    'We must decline.',
  ])('reads %j as a refusal', async (text) => {
    expect(await fact({ type: 'is-refusal' }, text, ['stop'])).toBe('1');
    expect(await fact({ type: 'not-refusal' }, text, undefined)).toBe('0');
  });

  it.each(['The customer wrote: I cannot pay.', 'Risk: high. I cannot rule out fraud.', ''])(
    'does not read %j as a refusal',
    async (text) => {
      expect(await fact({ type: 'is-refusal' }, text, ['stop'])).toBe('0');
    },
  );

  it.each(['refusal', 'content_filter', 'content-filter', 'SAFETY', 'PROHIBITED_CONTENT'])(
    'believes the finish reason %s whatever the text says',
    async (reason) => {
      expect(await fact({ type: 'is-refusal' }, 'Certainly!', ['stop', reason])).toBe('1');
    },
  );

  it('gives one fact per assertion in their order, and none for none', async () => {
    const assess = await compileAssertions([
      { type: 'contains', value: 'a' },
      { type: 'contains', value: 'b' },
      { type: 'not-contains', value: 'b' },
    ]);
    expect(assess(A)).toBe('101');
    expect(assess(A)).toBe('101');
    expect((await compileAssertions([]))(A)).toBe('');
  });

  it('survives JSON nested deeper than the stack of a recursive schema', async () => {
    const recursive = { $id: 'list', type: 'array', items: { $ref: 'list' } };
    const depth = 200_000;
    expect(await fact({ type: 'is-json', schema: recursive }, '['.repeat(depth) + ']'.repeat(depth))).toBe('0');
  });

  it('takes two schemas with one $id', async () => {
    const same: TextAssertion = { type: 'is-json', schema: { $id: 'same', type: 'object' } };
    expect((await compileAssertions([same, same]))({ text: '{}', finish: undefined, citations: 0 })).toBe('11');
  });

  it.each<[string, TextAssertion]>([
    ['a broken pattern', { type: 'regex', value: '(' }],
    ['a broken schema', { type: 'is-json', schema: { type: 'no-such-type' } }],
    ['a reference that leads nowhere', { type: 'is-json', schema: { $ref: 'https://example.com/none.json' } }],
    ['a schema that is no schema', { type: 'is-json', schema: 'object' }],
  ])('refuses %s', async (_name, assertion) => {
    await expect(compileAssertions([assertion])).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('patterns on hostile text', () => {
  const hostile = `${'a'.repeat(50_000)}!`;

  it('answer in linear time where backtracking would never end', async () => {
    expect(await fact({ type: 'regex', value: '^(a+)+$' }, hostile)).toBe('0');
    const nested = { type: 'string', pattern: '^(a|a)*$' };
    expect(await fact({ type: 'is-json', schema: nested }, JSON.stringify(hostile))).toBe('0');
    expect(await fact({ type: 'is-json', schema: nested }, '"aaa"')).toBe('1');
  });

  it.each(['(?=a)b', '(a)\\1', '(?<!a)b'])('refuse what needs backtracking: %s', async (value) => {
    await expect(fact({ type: 'regex', value }, 'x')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
