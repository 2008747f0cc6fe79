import { describe, expect, it } from 'vitest';
import { aFinding } from '../dev/testing/builders.ts';
import { expectGolden } from '../dev/testing/golden.ts';
import { HOSTILE, poisoned } from '../dev/testing/hostile-texts.ts';
import { STORIES } from '../dev/testing/report-stories.ts';
import { aResult } from '../dev/testing/results.ts';
import { renderMarkdown } from './markdown.ts';
import { cell, code, prose } from './markdown-code.ts';

const NAMES = ['blocked', 'passing', 'inconclusive'] as const;

/** What is left when code spans are taken out the way CommonMark finds them. */
function outsideCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/gs, '');
}

describe('renderMarkdown', () => {
  it.each(NAMES)('writes the %s story as reviewed', (name) => {
    expectGolden(`markdown-${name}.golden.md`, renderMarkdown(STORIES[name]()));
  });

  it('keeps all outside text inside code: no HTML, mention, image, link or heading', () => {
    const result = poisoned(STORIES.blocked());
    const rest = outsideCode(renderMarkdown(result));
    expect(rest).not.toMatch(/[<>@`]|!\[|https?:|everyone|PWNED/);
    expect(
      rest
        .match(/^#+ .*/gm)
        ?.every((line) =>
          /^#+ (✗ AI|Gates|Authority|Runs to look|Runs that did|What|Not shown|Advisories|Drills)/.test(line),
        ),
    ).toBe(true);
  });

  it('keeps every row of a table one row with its cells', () => {
    const table = renderMarkdown(poisoned(STORIES.blocked()))
      .split('\n')
      .filter((line) => line.startsWith('|'));
    const cells = (line: string) => line.split(/(?<!\\)\|/).length - 2;
    const starts = ['|  |', '| Gate', '| Tool', '| Run |', '| Fault', '| Seen'].map((head) =>
      table.findIndex((line) => line.startsWith(head)),
    );
    const widths = starts.map((from, i) => [...new Set(table.slice(from, starts[i + 1]).map(cells))]);
    expect(widths).toEqual([[2], [3], [9], [4], [8], [3]]);
  });

  it('stays under the size at which a job summary is dropped, and says what is missing', () => {
    const message = 'ü'.repeat(5_000);
    const findings = Array.from({ length: 1_000 }, () => aFinding({ outcome: 'fail', message, title: message }));
    const text = renderMarkdown(aResult({ findings }));
    expect(new TextEncoder().encode(text).length).toBeLessThan(901_000);
    expect(text).toMatch(/\d+ more entries in the full report/);
  });
});

describe('code', () => {
  it.each([
    ['plain', '`plain`'],
    ['a `b` c', '``a `b` c``'],
    ['```', '```` ``` ````'],
    [' padded ', '`  padded  `'],
    ['', '(empty)'],
    ['two\nlines', '`two\\u{a}lines`'],
  ])('writes %j as %s', (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });
  it('escapes pipes in a cell', () => {
    expect(cell('a|b\\|c')).toBe('`a\\|b\\\\|c`');
  });
});

describe('prose', () => {
  it.each([
    '2.4x target (estimate 21,590.1 USD; lower bound 19,812 USD decides; target 9,000 USD)',
    'claude-sonnet-4-5 (anthropic)',
    'Größe',
  ])('writes %s as it is', (text) => {
    expect(prose(text)).toBe(text);
  });
  it.each(['see www.evil.example', 'fixes GH-1', 'deadbeef', '- item', '', 'a*b*', 'x_y_z', ':boom:', 'line\u2028'])(
    'writes %j as code',
    (text) => {
      expect(prose(text)).toBe(code(text));
    },
  );
  it.each(HOSTILE)('leaves nothing of %j outside the span', (text) => {
    expect(outsideCode(prose(text))).toBe('');
  });
});
