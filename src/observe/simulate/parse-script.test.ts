import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScript } from './parse-script.ts';

function issuesOf(text: string): readonly string[] {
  const parsed = parseScript(text, 's.yaml');
  return parsed.script === undefined ? parsed.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) : [];
}

describe('a script', () => {
  it('reads in YAML and in JSON, with what it leaves out', () => {
    const { script } = parseScript('rules:\n  - answer: { text: hi }\n', 's.yaml');
    expect(script?.rules[0]).toEqual({ when: {}, answer: { text: 'hi' }, latency: { firstMs: 0, betweenMs: 0 } });
    expect(parseScript('{"rules":[{"answer":{"text":"hi"}}]}', 's.json').script).toEqual(script);
  });

  it.each([
    ['rules: []', /^rules: /],
    ['rules: [{ answer: { text: a }, lag: 1 }]', /Unrecognized key: "lag"/],
    ['rules: [{ when: { modell: a }, answer: { text: a } }]', /^rules\.0\.when: Unrecognized key: "modell"/],
    ['rules: [{ when: {} }]', /^rules\.0\.answer: /],
    ['rules: [{ answer: {} }]', /needs exactly one of text/],
    ['rules: [{ answer: { text: a, refusal: b } }]', /needs exactly one of text/],
    ['rules: [{ answer: { tool: { name: a }, tools: [{ name: b }] } }]', /needs exactly one of text/],
    ['rules: [{ answer: { text: "{{inptu}}" } }]', /\{\{inptu\}\} is neither input/],
    ['rules: [{ answer: { text: "{{match.1}}" } }]', /\{\{match\.1\}\} is neither/],
    ['rules: [{ when: { matches: "a(b)" }, answer: { tool: { name: t, args: { x: ["{{match.2}}"] } } } }]', /match\.2/],
    ['rules: [{ when: { matches: "(" }, answer: { text: a } }]', /^rules\.0\.when\.matches: no regular expression/],
    ['rules: [{ when: { matches: "(?=a)" }, answer: { text: a } }]', /no regular expression/],
    [
      'rules: [{ answer: { text: a }, latency: { firstMs: { median: 5, p95: 4 } } }]',
      /p95 must not be below the median/,
    ],
    ['rules: [{ answer: { text: a }, latency: { firstMs: 700000 } }]', /^rules\.0\.latency/],
    ['rules: [{ answer: { text: a }, usage: { input: 1, output: 1, cacheRead: 2 } }]', /cacheRead is part of input/],
    ['rules: &r [{ answer: { text: a } }]\nx: *r', /anchors and aliases/],
    ['rules: [', /./],
    [`rules: ${'['.repeat(100_000)}`, /too deeply nested/],
    ['', /expected object/],
  ])('is refused with a reason: %s', (text, reason) => {
    expect(issuesOf(text).join('\n')).toMatch(reason);
  });

  it('never throws, whatever the text', () => {
    const words = fc.constantFrom(
      'rules:',
      '- ',
      'when: ',
      'answer: ',
      '{',
      '}',
      '&a ',
      '*a',
      'text',
      ': ',
      '\n  ',
      '"',
      '!!x ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join('')),
        ),
        (text) => {
          expect(parseScript(text, 's.yaml')).toBeDefined();
        },
      ),
    );
  });
});
