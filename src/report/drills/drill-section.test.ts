import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BREAKING, DRILLED_FAULTS } from '../../dev/testing/drill-stories.ts';
import { aDrillPlan } from '../../dev/testing/drills.ts';
import { aResult } from '../../dev/testing/results.ts';
import { renderHtml } from '../html/render-html.ts';
import { renderMarkdown } from '../markdown.ts';
import { renderTerminal } from '../terminal.ts';

const broken = aResult({ plan: aDrillPlan(DRILLED_FAULTS), drills: BREAKING });
const terminal = (width: number, color = false) => renderTerminal(broken, { color, width });

describe('the drills in reports', () => {
  it('are left out where none were made', () => {
    for (const text of [renderTerminal(aResult(), { color: false, width: 100 }), renderMarkdown(aResult())]) {
      expect(text).not.toContain('Drills');
    }
    expect(renderHtml(aResult())).not.toContain('id="drills"');
  });

  it('are one grid on a wide terminal, two on a narrower one, and sentences on the narrowest', () => {
    expect(terminal(120)).toMatch(/^ {2}overloaded-529 +3 .*9 \(6 SDK\) +0$/m);
    expect(terminal(80).match(/^ {2}overloaded-529 /gm)).toHaveLength(2);
    expect(terminal(40)).toContain('- overloaded-529; failed-safe 3;');
    for (const width of [40, 60, 80, 90, 100]) {
      expect(
        terminal(width)
          .split('\n')
          .filter((line) => [...line].length > width),
      ).toEqual([]);
    }
  });

  it('add nothing but colour when colour is wanted', () => {
    expect(stripVTControlCharacters(terminal(120, true))).toBe(terminal(120));
    expect(terminal(120, true)).toMatch(/\[31m +3/);
  });

  it.each([
    ['terminal', terminal(120)],
    ['markdown', renderMarkdown(broken)],
    ['html', renderHtml(broken)],
  ])('say in %s what users would have seen, what went around the proxy and what was left out', (_format, text) => {
    for (const part of [
      '11 runs of 5 drills',
      '“Case C-1. Ri”',
      '4 requests went around the proxy',
      'Drills were left out: the budget of 400 calls was used up',
      'unknown',
    ])
      expect(text).toContain(part);
  });
});
