import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { aFinding, aPlan } from '../dev/testing/builders.ts';
import { expectGolden } from '../dev/testing/golden.ts';
import { HOSTILE, poisoned } from '../dev/testing/hostile-texts.ts';
import { STORIES } from '../dev/testing/report-stories.ts';
import { aResult } from '../dev/testing/results.ts';
import { renderTerminal } from './terminal.ts';

const plain = { color: false, width: 100 };
const NAMES = ['blocked', 'passing', 'inconclusive'] as const;
const ESC = '\x1b';

describe('renderTerminal', () => {
  it.each(NAMES)('writes the %s story as reviewed', (name) => {
    expectGolden(`terminal-${name}.golden.txt`, renderTerminal(STORIES[name](), plain));
  });

  it('writes one column on a narrow terminal, and no line wider than it', () => {
    const text = renderTerminal(STORIES.blocked(), { color: false, width: 60 });
    expectGolden('terminal-narrow.golden.txt', text);
    expect(text.split('\n').filter((line) => [...line].length > 60)).toEqual([]);
  });

  it('adds nothing but colour when colour is wanted', () => {
    const colored = renderTerminal(STORIES.blocked(), { color: true, width: 100 });
    expect(colored).toContain(`${ESC}[31m`);
    expect(stripVTControlCharacters(colored)).toBe(renderTerminal(STORIES.blocked(), plain));
  });

  it('shows what failed, against what, whose limit it is, where it was seen and what to do', () => {
    const text = renderTerminal(STORIES.blocked(), plain);
    for (const part of [
      'Observed: 19,812 USD, estimate 21,590.1 USD, n = 4,100',
      'Limit: 9,000 USD, from workload/aigate.yaml:33 (manifest)',
      'traces/week.jsonl:812 /resourceSpans/0/scopeSpans/0/spans/3 run',
      'Step 1: Open the dearest runs named here.',
      'Re-test: aigate check workload',
      'no policy: limits come from the manifest under review',
    ])
      expect(text).toContain(part);
  });

  it('groups what is open by the input that is missing', () => {
    const text = renderTerminal(STORIES.inconclusive(), plain);
    expect(text).toContain('Not shown: 4 checks need 3 things');
    expect(text.match(/Step: Export gen_ai\.usage/g)).toHaveLength(1);
  });

  it('re-tests with the policy and stage that judged', () => {
    const policies = [{ path: 'org policy.yaml', sha256: 'f'.repeat(64), via: 'flag' as const }];
    const findings = [aFinding({ outcome: 'fail' })];
    const text = renderTerminal(aResult({ plan: aPlan({ policies, stage: 'pr' }), findings }), plain);
    expect(text).toContain("Re-test: aigate check workload --policy 'org policy.yaml' --stage pr");
  });

  it.each([
    ['aigate.yaml', 'aigate check .'],
    ['a/b/aigate.yml', 'aigate check a/b'],
    ['/aigate.yaml', 'aigate check /'],
    ['a/other.yaml', 'aigate check a/other.yaml'],
    ["it's/aigate.yaml", "aigate check 'it'\\''s'"],
    ['-rf/aigate.yaml', 'aigate check ./-rf'],
  ])('re-tests the workload of %s with %s', (path, command) => {
    const artifacts = [{ id: 'manifest', path, sha256: 'd'.repeat(64) }];
    const text = renderTerminal(aResult({ artifacts, findings: [aFinding({ outcome: 'fail' })] }), plain);
    expect(text).toContain(`Re-test: ${command}\n`);
  });

  it('says DEMO first and last', () => {
    const lines = renderTerminal(STORIES.blocked(), { color: false, width: 120 }).trimEnd().split('\n');
    expect(lines.at(0)).toMatch(/^DEMO:/);
    expect(lines.at(-1)).toMatch(/^DEMO:/);
    expect(renderTerminal(STORIES.passing(), plain)).not.toContain('DEMO');
  });

  it.each([40, 79, 80, 120])('lets no hostile text act on a terminal or a CI log (width %i)', (width) => {
    const text = renderTerminal(poisoned(STORIES.blocked()), { color: false, width });
    expect(text).not.toMatch(/[^\P{C}\n]/u);
    expect(text.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
    expect(text).not.toMatch(/##\w*\[/);
    expect(text).toContain('\\u{202e}');
  });

  it('never begins a line with outside text, however it is broken', () => {
    const messages = [...HOSTILE, 'x'.repeat(500), `${'y'.repeat(80)} ::error::z`, ' ', ''];
    const findings = messages.map((message) => aFinding({ outcome: 'fail', message, title: message }));
    const text = renderTerminal(aResult({ findings }), { color: false, width: 50 });
    const ours = /^(?: {2}\|(?: |$)|✗ FAIL | {2}- | {2}[A-Z✗✓?–!]|[A-Z?]|p95 latency: |$)/;
    expect(text.split('\n').filter((line) => !ours.test(line))).toEqual([]);
  });

  it('shortens a text of megabytes and says by how much', () => {
    const findings = [aFinding({ outcome: 'fail', message: 'm'.repeat(3_000_000) })];
    const text = renderTerminal(aResult({ findings }), plain);
    expect(text).toContain('2,998,000');
    expect(text.length).toBeLessThan(20_000);
  });
});
