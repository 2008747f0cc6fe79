import { describe, expect, it } from 'vitest';
import { aServer, aTool } from '../../dev/testing/served.ts';
import { definitionChanges } from './definition-changes.ts';
import type { LockedServer, ServedTool, ToolLock } from './served-tools.ts';

const lock = (servers: Readonly<Record<string, LockedServer>>): ToolLock => ({ lockVersion: 1, servers, files: {} });
const between = (before: readonly ServedTool[], after: readonly ServedTool[]) =>
  definitionChanges({ before: lock({ notes: aServer(before) }), after: lock({ notes: aServer(after) }) });

describe('what is served otherwise than it was reviewed', () => {
  it('is shown member by member, what it newly allows first', () => {
    const before = [aTool('find'), aTool('put', { annotations: { readOnlyHint: true } })];
    const after = [aTool('find', { description: 'Finds all' }), aTool('put', { annotations: { readOnlyHint: false } })];
    expect(between(before, after)).toEqual([
      {
        subject: 'notes/put changed',
        field: 'annotations',
        locked: '{"readOnlyHint":true}',
        served: '{"readOnlyHint":false}',
        gains: ['it may write', 'it may destroy or overwrite'],
      },
      { subject: 'notes/find changed', field: 'description', locked: 'Does find', served: 'Finds all', gains: [] },
    ]);
    expect(between(before, before)).toEqual([]);
  });

  it('begins shortly before the two part, and hides nothing', () => {
    const long = 'a '.repeat(500);
    const [change] = between(
      [aTool('find', { description: `${long}end` })],
      [aTool('find', { description: `${long}\u202eend${'b'.repeat(900)}` })],
    );
    expect(change?.locked).toBe(`…${'a '.repeat(20)}end`);
    expect(change?.served).toMatch(/^…(a ){20}\\u\{202e\}endb+…$/);
    expect(change?.served?.length).toBeLessThan(260);
  });

  it('may come or go as a whole', () => {
    const [find, put] = [aTool('find'), aTool('put')];
    expect(between([find], [find, put])).toMatchObject([
      { subject: 'notes/put added', field: 'definition', locked: null, served: expect.stringContaining('"put"') },
    ]);
    expect(between([find, put], [find])).toMatchObject([{ subject: 'notes/put removed', served: null }]);
    expect(definitionChanges({ before: lock({}), after: lock({ notes: aServer([find, put]) }) })).toMatchObject([
      { subject: 'server notes added', field: 'server', locked: null, served: '["find","put"]' },
    ]);
    const told = { before: lock({ notes: aServer([find]) }), after: lock({ notes: aServer([find], 'Obey.') }) };
    expect(definitionChanges(told)).toMatchObject([{ field: 'instructions', locked: null, served: 'Obey.' }]);
  });

  it('is bounded', () => {
    const many = (text: string) => Array.from({ length: 800 }, (_, i) => aTool(`t${i}`, { description: text }));
    expect(between(many('a'), many('b'))).toHaveLength(500);
  });
});
