import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looseObject, looseValue } from './loose-value.ts';
import { pythonValue } from './python-literal.ts';

/** As Python's `repr` writes it. */
function repr(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, member]) => `${repr(key)}: ${repr(member)}`)
      .join(', ')}}`;
  }
  const text = String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

describe('a Python literal', () => {
  it.each<[string, unknown]>([
    ["{'a': 1, 'b': [True, None, 2.5], \"c\": {'d': ()}}", { a: 1, b: [true, null, 2.5], c: { d: [] } }],
    ['{}', {}],
    ['()', []],
    ["('a',)", ['a']],
    ["{'a', 'b'}", ['a', 'b']],
    ['{1: 2, None: 3}', { '1': 2, null: 3 }],
    ['[-1, +2, 1_000, .5, 1e3]', [-1, 2, 1_000, 0.5, 1_000]],
    [String.raw`['it\'s', "a \"b\"", 'c\\', '\n\t\x41é\U0001F600\q']`, ["it's", 'a "b"', 'c\\', '\n\tAé😀q']],
    ["  { 'a' : 1 , }  ", { a: 1 }],
    ["{'__proto__': {'polluted': 1}}", JSON.parse('{"__proto__":{"polluted":1}}')],
  ])('%s is read', (text, value) => {
    expect(pythonValue(text)).toEqual(value);
  });

  it.each([
    '',
    'nonsense',
    '{',
    "{'a'",
    "{'a': }",
    "{'a': 1} tail",
    "{'a': 1, 'b'}",
    "['a' 'b']",
    "['a",
    '[nan, inf]',
    "{'when': datetime.datetime(2026, 11, 20)}",
    '[<object at 0x7f>]',
    "[HumanMessage(content='x')]",
    "[b'bytes']",
    '[1e999]',
    `${'['.repeat(100)}${']'.repeat(100)}`,
    '['.repeat(200_000),
  ])('is nothing else: %.40s', (text) => {
    expect(pythonValue(text)).toBeUndefined();
  });

  it('gives back what Python printed', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(pythonValue(repr(value))).toEqual(value);
      }),
    );
  });

  it('never throws, whatever the text is', () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[](),:\'"\\ \nTrueNone0.5eU+-_é'), maxLength: 60 });
    fc.assert(
      fc.property(text, (value) => void pythonValue(value)),
      { numRuns: 2_000 },
    );
  });

  it('takes time in proportion to its length', () => {
    const started = performance.now();
    pythonValue(`['${'\\'.repeat(400_001)}`);
    pythonValue(`[${"'a', ".repeat(100_000)}`);
    pythonValue(`['${"\\'".repeat(200_000)}']`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('a value that was sent as text', () => {
  it.each<[unknown, unknown]>([
    ['{"a":1}', { a: 1 }],
    ['"{\\"a\\":1}"', { a: 1 }],
    ["{'a': 1}", { a: 1 }],
    ['"quoted"', 'quoted'],
    ['plain', 'plain'],
    ['7', '7'],
    ['[INFO] started', '[INFO] started'],
    ['{{ template }}', '{{ template }}'],
    [7, 7],
    [null, null],
  ])('%j stands for %j', (value, expected) => {
    expect(looseValue(value)).toEqual(expected);
  });

  it('is unwrapped three times at most', () => {
    const wrapped = (layers: number): unknown => (layers === 0 ? { a: 1 } : JSON.stringify(wrapped(layers - 1)));
    expect(looseValue(wrapped(3))).toEqual({ a: 1 });
    expect(looseValue(wrapped(5))).toBe(wrapped(2));
  });

  it('is no object where it is a list, a text or nothing', () => {
    expect(['[1]', 'x', null, undefined].map(looseObject)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
