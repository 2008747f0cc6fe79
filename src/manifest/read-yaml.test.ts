import { describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import { aSource } from '../dev/testing/manifest-source.ts';
import { readYaml } from './read-yaml.ts';
import { locate } from './source-file.ts';

function read(text: string) {
  const source = aSource(text);
  return readYaml(source, locate(source));
}

function errorOf(text: string): AigateError {
  try {
    read(text);
  } catch (cause) {
    if (cause instanceof AigateError) return cause;
    throw cause;
  }
  throw new Error('the text was accepted');
}

describe('readYaml', () => {
  it('reads YAML 1.2: no and 012 are what they look like', () => {
    expect(read('a: no\nb: 012\nc: 2026-11-21\nd: 0x1F\ne: ~\n').value).toEqual({
      a: 'no',
      b: 12,
      c: '2026-11-21',
      d: 31,
      e: null,
    });
  });

  it.each<[name: string, text: string, said: string, hint?: string]>([
    [
      'a tab as indentation',
      'a:\n\tb: 1\n',
      '2:1 Tabs are not allowed as indentation (TAB_AS_INDENT)',
      'Indent with spaces.',
    ],
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', '3:1 a: this key is given twice', 'Remove or rename it.'],
    ['a duplicate key in another spelling', '{ a: 1, "a": 2 }', '1:9 a: this key is given twice'],
    ['two documents', 'a: 1\n---\nb: 2\n', '2:1 a second document begins here', 'Keep one document in a file.'],
    ['binary data', 'a: !!binary aGk=\n', '1:4 Unresolved tag: tag:yaml.org,2002:binary (TAG_RESOLVE_FAILED)'],
    ['a tag that makes code', 'a: !js/function "x"\n', '1:4 Unresolved tag: !js/function (TAG_RESOLVE_FAILED)'],
    ['a set', '!!set { a }\n', '1:1 Unresolved tag: tag:yaml.org,2002:set (TAG_RESOLVE_FAILED)'],
    ['another YAML', '%YAML 1.1\n---\na: yes\n', '1:1 expected YAML 1.2, got %YAML 1.1', 'Remove the directive.'],
    ['an unknown directive', '%FOO x\n---\na: 1\n', '1:1 Unknown directive %FOO (BAD_DIRECTIVE)'],
    ['an alias of nothing', 'a: *b\n', '1:4 a: no &b stands before this alias'],
    ['an alias before its anchor', 'a: *b\nb: &b 1\n', '1:4 a: no &b stands before this alias'],
    ['a list that holds itself', 'a: &a [*a]\n', '1:8 a[0]: this alias refers to a value that contains it'],
    ['a map that holds itself', 'a: &a\n  b: { c: *a }\n', '2:11 a.b.c: this alias refers to a value that contains it'],
    ['a merge key', 'a: &a { b: 1 }\nc: { <<: *a }\n', '2:6 c["<<"]: merge keys are not supported'],
    ['a key that changes prototypes', '__proto__: { a: 1 }\n', '1:1 __proto__: this name is not allowed as a key'],
    ['a key that is a number', 'a: { 1: b }\n', '1:6 a: keys must be text', 'Put the key in quotes.'],
    ['a key that is a list', '? [a]\n: b\n', '1:3 keys must be text'],
    ['a key that is an alias', 'a: &a b\n*a : c\n', '2:1 keys must be text'],
    [
      'text with a colon',
      'a: b: c\n',
      '1:4 Nested mappings are not allowed in compact mappings (BLOCK_AS_IMPLICIT_KEY)',
      'Put text that contains ": " in quotes.',
    ],
    [
      'nesting just too deep',
      `${'['.repeat(66)}${']'.repeat(66)}`,
      `1:66 ${'[0]'.repeat(65)}: nested deeper than 64 levels`,
    ],
  ])('refuses %s with its place', (_name, text, said, hint) => {
    const { code, problems } = errorOf(text);
    const [problem] = problems;
    expect(`${problem?.line}:${problem?.column} ${problem?.message}`).toBe(said);
    expect({ code, count: problems.length }).toEqual({ code: 'YAML_SYNTAX', count: 1 });
    if (hint !== undefined) expect(problem?.hint).toBe(hint);
  });

  it('reads nesting up to its limit', () => {
    expect(() => read(`${'['.repeat(65)}${']'.repeat(65)}`)).not.toThrow();
  });

  it('says once that a text is nested beyond the parser', () => {
    expect(errorOf('['.repeat(20_000)).problems.map(({ message }) => message)).toEqual([
      'nested too deeply (RESOURCE_EXHAUSTION)',
    ]);
  });

  it('refuses a billion laughs, once', () => {
    const level = (i: number) => `a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]\n`;
    const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => level(i + 1)).join('')}`;
    const { problems } = errorOf(bomb);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'YAML_SYNTAX', line: 2 });
    expect(problems[0]?.message).toMatch(/aliases repeat more than 10000 values$/);
  });

  it('gives an alias the value that last took the name', () => {
    expect(read('a: &x 1\nb: *x\nc: &x 2\nd: *x\n').value).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  it('reads thousands of keys without comparing each with all', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1\n`).join('');
    expect(Object.keys(read(keys).value ?? {})).toHaveLength(20_000);
  });

  it('refuses a text that is just too long before reading it', () => {
    expect(() => read(`a: ${'x'.repeat(262_141)}`)).not.toThrow();
    expect(errorOf(`a: ${'x'.repeat(262_142)}`).problems[0]).toMatchObject({
      line: 1,
      column: 1,
      message: 'the file is longer than 262144 characters',
    });
  });
});
