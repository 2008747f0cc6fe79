import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob } from './glob.ts';

function matches(pattern: string, path: string): boolean {
  const glob = compileGlob(pattern);
  return glob.isMatch(path.split('/').reduce((state, segment) => glob.advance(state, segment), glob.start));
}

describe('compileGlob', () => {
  it.each([
    ['prompts/**', 'prompts/a.md', true],
    ['prompts/**', 'prompts/a/b/c.md', true],
    ['prompts/**', 'other/prompts/a.md', false],
    ['**/a.md', 'a.md', true],
    ['**/a.md', 'x/y/a.md', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/x/y/c', false],
    ['tools/*.json', 'tools/a.json', true],
    ['tools/*.json', 'tools/x/a.json', false],
    ['*', '.hidden', true],
    ['?.md', 'a.md', true],
    ['?.md', '.md', false],
    ['?.md', 'ab.md', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['./a', 'a', true],
    ['[id].ts', '[id].ts', true],
    ['[id].ts', 'i.ts', false],
    ['{a,b}', 'a', false],
    ['a.c', 'abc', false],
    ['A', 'a', false],
    ['a**b', 'a/b', false],
    ['a**b', 'axb', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it('agrees with a regular expression on any glob and path', () => {
    const segment = fc
      .string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 4 })
      .filter((s) => s !== '.');
    const part = fc.oneof(
      fc.constant('**'),
      fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 4 }).filter((s) => s !== '**'),
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        (parts, path) => {
          expect(matches(parts.join('/'), path.join('/'))).toBe(asRegExp(parts).test(`/${path.join('/')}`));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('takes no longer on a glob that makes a regular expression backtrack', () => {
    expect(matches('*a'.repeat(200), 'a'.repeat(5_000))).toBe(true);
    expect(matches(`${'*a'.repeat(200)}b`, 'a'.repeat(5_000))).toBe(false);
    expect(matches(Array.from({ length: 200 }, () => '**').join('/'), 'a/'.repeat(200).slice(0, -1))).toBe(true);
  });
});

/** Every segment with the slash before it, so that `**` may stand for none. */
function asRegExp(parts: readonly string[]): RegExp {
  const source = parts.map((part) =>
    part === '**'
      ? '(?:/[^/]+)*'
      : `/${part.replace(/[.*?]/g, (c) => ({ '.': '\\.', '*': '[^/]*', '?': '[^/]' })[c] ?? '')}`,
  );
  return new RegExp(`^${source.join('')}$`);
}
