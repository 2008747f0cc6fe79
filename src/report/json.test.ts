import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../dev/testing/builders.ts';
import { expectGolden } from '../dev/testing/golden.ts';
import { STORIES } from '../dev/testing/report-stories.ts';
import { aResult } from '../dev/testing/results.ts';
import { renderJson } from './json.ts';

const TOP_LEVEL = ['decision', 'stage', 'blocking', 'releasable', 'gates', 'findings', 'exitCode'];

describe('renderJson', () => {
  it('publishes the keys that pipelines read', () => {
    const published = JSON.parse(renderJson(aResult()));
    for (const key of TOP_LEVEL) expect(published).toHaveProperty(key);
    for (const key of [
      'checkId',
      'outcome',
      'severity',
      'measured',
      'limit',
      'n',
      'kind',
      'message',
      'remedy',
      'evidence',
    ])
      expect(published.findings[0]).toHaveProperty(key);
  });

  it.each(['blocked', 'passing', 'inconclusive'] as const)('writes the %s story as reviewed', (name) => {
    expectGolden(`json-${name}.golden.json`, renderJson(STORIES[name]()));
  });

  it('sorts keys at every depth and ends with one newline', () => {
    const json = renderJson(aResult());
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      expect(Object.keys(value)).toEqual(Object.keys(value).toSorted());
      return Object.values(value).map(sorted);
    };
    sorted(JSON.parse(json));
    expect(json).toMatch(/[^\n]\n$/);
  });

  it('gives the same bytes whatever the order in which the result was put together', () => {
    const { plan, ...rest } = aResult();
    expect(renderJson({ plan, ...rest })).toBe(renderJson({ ...rest, plan }));
  });

  it('refuses a number that has no JSON form', () => {
    const findings = [aFinding({ measured: { value: Number.NaN, unit: 'usd' } })];
    expect(() => renderJson(aResult({ findings }))).toThrow(TypeError);
  });

  it.each([
    ['a C1 control', '\x9b2J'],
    ['a bidi override', '\u202e'],
    ['a hidden tag', '\u{e0041}'],
    ['half a surrogate pair', '\ud800'],
    ['a log command', '##[add-mask]pass ##vso[task.setvariable]'],
  ])('escapes %s and keeps the text', (_name, message) => {
    const json = renderJson(aResult({ findings: [aFinding({ message })] }));
    expect(json).not.toContain(message);
    expect(JSON.parse(json).findings[0].message).toBe(message);
  });

  it('keeps every text and writes none that a terminal acts on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const json = renderJson(aResult({ findings: [aFinding({ message })] }));
        expect(JSON.parse(json).findings[0].message).toBe(message);
        expect(json).not.toMatch(/[^\P{C}\n\p{Cn}\p{Co}]/u);
      }),
    );
  });
});
