import { describe, expect, it } from 'vitest';
import { documentsOf, documentsOfNumbered } from './documents.ts';

describe('names of retrieved documents', () => {
  it.each<[unknown, readonly string[] | undefined]>([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['["a"]', ['a']],
    [
      [{ id: 'a', title: 'T' }, { document_id: 'b' }, { 'document.id': 'c' }],
      ['a', 'b', 'c'],
    ],
    [
      [{ id: 7 }, { id: '' }, { title: 'T' }],
      ['7', '(unnamed)', 'T'],
    ],
    [
      [{ metadata: { source: 'a.md' } }, { document: { id: 'b' } }],
      ['a.md', 'b'],
    ],
    [[{ metadata: '{"source":"a.md"}' }], ['a.md']],
    [
      [{ metadata: 'plain words' }, null, 3, []],
      ['(unnamed)', '(unnamed)', '(unnamed)', '(unnamed)'],
    ],
    [[], []],
    ['no list', undefined],
    [{ id: 'a' }, undefined],
    [undefined, undefined],
  ])('of %j are %j', (value, names) => {
    expect(documentsOf(value)).toEqual(names);
  });

  it('are fifty at most', () => {
    expect(documentsOf(Array.from({ length: 80 }, (_, i) => `d${i}`))).toHaveLength(50);
  });

  it.each<[Record<string, string | undefined>, readonly string[] | undefined]>([
    [{ '1.document.id': 'b', '0.document.id': 'a' }, ['a', 'b']],
    [{ '0.document.content': 'text', '2.document.title': 'T' }, ['(unnamed)', 'T']],
    [{ '0.document.id': undefined }, ['(unnamed)']],
    [{ 'x.document.id': 'a' }, []],
    [{}, undefined],
  ])('in numbered keys %j are %j', (members, names) => {
    expect(documentsOfNumbered(new Map(Object.entries(members)))).toEqual(names);
  });
});
