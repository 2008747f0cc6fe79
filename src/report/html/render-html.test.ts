import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../../dev/testing/builders.ts';
import { expectGolden } from '../../dev/testing/golden.ts';
import { poisoned } from '../../dev/testing/hostile-texts.ts';
import { STORIES } from '../../dev/testing/report-stories.ts';
import { aResult } from '../../dev/testing/results.ts';
import { renderHtml } from './render-html.ts';
import { STYLE, STYLE_SHA256 } from './styles.ts';

const NAMES = ['blocked', 'passing', 'inconclusive'] as const;

describe('renderHtml', () => {
  it.each(NAMES)('writes the %s story as reviewed', (name) => {
    expectGolden(`html-${name}.golden.html`, renderHtml(STORIES[name]()));
  });

  it('allows the one style sheet by its digest and nothing else', () => {
    const page = renderHtml(STORIES.blocked());
    expect(createHash('sha256').update(STYLE).digest('base64'), 'the digest of styles.ts').toBe(STYLE_SHA256);
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${STYLE_SHA256}'; base-uri 'none'`);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<title>'));
  });

  it('holds no script, no inline style, no handler and no address outside itself, whatever the texts', () => {
    const page = renderHtml(poisoned(STORIES.blocked()));
    const tags = page.match(/<[a-z][^>]*>/gi) ?? [];
    expect(
      tags.filter((tag) =>
        /^<(script|img|iframe|link|object|embed|base|form|a (?!(class="skip" )?href="#))/i.test(tag),
      ),
    ).toEqual([]);
    expect(tags.filter((tag) => /\s(style|on\w+|src|srcdoc)=/i.test(tag))).toEqual([]);
    expect(STYLE).not.toMatch(/url\(|@import/);
  });

  it('has a language, landmarks and a skip link that leads somewhere', () => {
    const page = renderHtml(STORIES.blocked());
    for (const part of [
      '<html lang="en">',
      '<header',
      '<main>',
      '<nav',
      '<footer>',
      'class="skip" href="#change"',
      'id="change"',
    ])
      expect(page).toContain(part);
    const targets = [...page.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    for (const id of targets) expect(page).toContain(`id="${id}"`);
    expect(page.match(/<h1>/g)).toHaveLength(1);
  });

  it('says every outcome in words and keeps the demo notice at both ends', () => {
    const page = renderHtml(STORIES.blocked());
    for (const word of ['✗ FAIL', '✓ PASS', '? INCONCLUSIVE']) expect(page).toContain(word);
    expect(page.match(/class="demo"/g)).toHaveLength(2);
  });

  it('lists failing checks before all others', () => {
    const table = renderHtml(STORIES.blocked()).split('id="findings"')[1] ?? '';
    const outcomes = [...table.matchAll(/<td><span class="badge ([\w-]+)">/g)].map(([, outcome]) => outcome);
    expect(outcomes).toEqual([...Array(6).fill('fail'), 'inconclusive', ...Array(9).fill('pass')]);
  });

  it('shows every check of a large result', () => {
    const findings = Array.from({ length: 500 }, (_, i) => aFinding({ checkId: `cost/check-${i}` }));
    const page = renderHtml(aResult({ findings }));
    expect(page.match(/cost\/check-\d+/g)).toHaveLength(500);
    expect(page.length).toBeLessThan(600_000);
  });
});
