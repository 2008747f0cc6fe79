import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import { formatProblem } from '../contract/problem.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';
import { parsePolicy } from './parse-policy.ts';

const FULL_MANIFEST = `${LEAST_MANIFEST}tools: { t: { effect: write, approve: always, undo: u, args: { a: 1 } } }
timeouts: { model: 20s }
sources: [{ recording: a.jsonl, origin: production, window: 2026-11-10/2026-11-17, sampling: none }]
gates: { cost: { monthly-cost: { usd: 9 } }, reliability: { latency: p95<8000, availability: &a { rate: 0.9 } } }
evidence: { riskOwner: x, monitors: [{ name: n, signal: s, alert: *a }] }
`;

/** Whether the text is read, or refused as expected: located, on a real line, and safe to print. */
function expectExpected(text: string): void {
  for (const parse of [
    parseManifest,
    (source: ReturnType<typeof aSource>) => parsePolicy(source, 'flag', FAKE_CATALOGUE),
  ]) {
    try {
      parse(aSource(text), FAKE_CATALOGUE);
    } catch (cause) {
      if (!(cause instanceof AigateError)) throw cause;
      expect(cause.problems.length).toBeGreaterThan(0);
      for (const problem of cause.problems) {
        expect(problem.line).toBeGreaterThanOrEqual(1);
        expect(problem.line).toBeLessThanOrEqual(text.split('\n').length);
        expect(problem.column).toBeGreaterThanOrEqual(1);
        expect(formatProblem(problem).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }
  }
}

const fragments = fc.constantFrom(
  ...[
    '\n',
    '  ',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!!str ',
    '!x ',
    '? ',
    '| ',
    '>',
    '"',
    "'",
    '#',
    '%',
    '---\n',
    '\t',
  ],
  ...[
    'version: 1',
    'workload:',
    'gates',
    'cost',
    'monthly-cost',
    '.nan',
    '1e999',
    '-1',
    'null',
    '<<',
    '__proto__',
    'constructor',
  ],
  ...['\u202e', '\u001b[31m', '\ud800', '\u0000', '\ufeff', '\u2028'],
);

describe('reading manifests and policies', () => {
  it('refuses arbitrary text as expected, or reads it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectExpected), { numRuns: 300 });
  });

  it('refuses arbitrary pieces of YAML as expected, or reads them', () => {
    const text = fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, expectExpected), { numRuns: 500 });
  });

  it('refuses a manifest with anything cut out and put in as expected, or reads it', () => {
    const mutated = fc
      .tuple(fc.nat(FULL_MANIFEST.length), fc.nat(12), fc.oneof(fragments, fc.string({ maxLength: 8 })))
      .map(([at, length, piece]) => FULL_MANIFEST.slice(0, at) + piece + FULL_MANIFEST.slice(at + length));
    fc.assert(fc.property(mutated, expectExpected), { numRuns: 500 });
  });

  it('refuses any JSON in place of any section as expected, or reads it', () => {
    const section = fc.constantFrom(
      'version',
      'workload',
      'models',
      'traffic',
      'scenarios',
      'tools',
      'gates',
      'evidence',
      'sources',
    );
    fc.assert(
      fc.property(section, fc.json({ maxDepth: 4 }), (key, json) => {
        const others = FULL_MANIFEST.split(/\n(?=\S)/).filter((part) => !part.startsWith(`${key}:`));
        expectExpected(`${others.join('\n')}\n${key}: ${json}\n`);
      }),
      { numRuns: 300 },
    );
  });
});
