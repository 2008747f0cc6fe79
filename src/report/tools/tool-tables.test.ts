import { describe, expect, it } from 'vitest';
import type { DefinitionChange } from '../../contract/served/definition-changes.ts';
import { aResult } from '../../dev/testing/results.ts';
import { renderHtml } from '../html/render-html.ts';
import { renderMarkdown } from '../markdown.ts';
import { renderTerminal } from '../terminal.ts';
import { toolTables } from './tool-tables.ts';

const change = (more: Partial<DefinitionChange> = {}): DefinitionChange => ({
  subject: 'notes/put changed',
  field: 'description',
  locked: 'Writes <b>a</b> | note',
  served: null,
  gains: ['it may write now'],
  ...more,
});

describe('tool definitions that are not as reviewed', () => {
  it('are a diff in every report, as they are', () => {
    const result = { ...aResult(), definitionChanges: [change()] };
    const page = renderHtml(result);
    expect(page).toContain('Tool definitions that are not as reviewed');
    expect(page).toContain('Writes &lt;b&gt;a&lt;/b&gt; | note');
    expect(page).not.toContain('<b>a</b>');
    expect(renderMarkdown(result)).toContain('notes/put changed');
    const screen = { width: 100, color: false, unicode: true };
    for (const said of ['notes/put changed', '(absent)', 'it may write now']) {
      expect(renderTerminal(result, screen)).toContain(said);
    }
  });

  it('are not there where nothing differs or was compared, and are few', () => {
    const titles = (definitionChanges: readonly DefinitionChange[] | null) =>
      toolTables({ authority: null, definitionChanges, artifacts: [] }).map(({ title, rows }) => [title, rows.length]);
    expect(titles(null)).toEqual([]);
    expect(titles([])).toEqual([]);
    expect(titles(Array.from({ length: 61 }, () => change()))).toEqual([
      ['Tool definitions that are not as reviewed, the first 60 of 61', 60],
    ]);
  });
});
