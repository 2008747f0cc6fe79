import { describe, expect, it } from 'vitest';
import { aPlan, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { repeatedWrites } from './repeated-writes.ts';

const plan = aPlan({
  tools: {
    pay: { effect: 'irreversible', approve: 'always', idempotency: { key: ['order', 'part'], arg: 'key' } },
    note: { effect: 'write', approve: 'always' },
    book: { effect: 'write', approve: 'always', undo: { tool: 'unbook' } },
    unbook: { effect: 'write', approve: 'always', undo: 'none' },
    save: { effect: 'write', approve: 'always', idempotent: true },
    read: { effect: 'read', approve: 'never' },
  },
});
const call = (tool: string | undefined, args: string | undefined, error?: string) => aToolCall({ tool, args, error });
const standings = (...steps: ReturnType<typeof call>[]) =>
  repeatedWrites(aRun({ steps }), plan).map(({ standing }) => standing);

describe('repeatedWrites', () => {
  it('judges declared writes alone', () => {
    expect(standings(call('read', '{}'), call('read', '{}'), call('constructor', '{}'), call(undefined, '{}'))).toEqual(
      [],
    );
  });

  it('holds a call against the first that succeeded', () => {
    const [failed, done] = [call('note', '{}', 'timeout'), call('note', '{}')];
    expect(standings(done, done, done)).toEqual(['held', 'breached', 'breached']);
    expect(standings(failed, done)).toEqual(['held', 'breached']);
  });

  it('lets a tool be called again that is declared idempotent', () => {
    const [failed, done] = [call('save', '{}', 'timeout'), call('save', '{}')];
    expect(standings(failed, done, done)).toEqual(['held', 'held', 'held']);
  });

  it('takes one key for one operation, also after it succeeded', () => {
    const keyed = (key: string, error?: string) => call('pay', `{"order":1,"key":"${key}"}`, error);
    expect(standings(keyed('a', 'timeout'), keyed('a'), keyed('a'))).toEqual(['held', 'held', 'held']);
    expect(standings(keyed('a', 'timeout'), keyed('b'))).toEqual(['held', 'breached']);
    expect(standings(call('pay', '{"order":1}', 'timeout'), call('pay', '{"order":1}'))).toEqual(['held', 'breached']);
  });

  it('takes an absent part of the name for a value of its own', () => {
    expect(standings(call('pay', '{"order":1}'), call('pay', '{"order":1,"part":2}'))).toEqual(['held', 'held']);
    expect(standings(call('pay', '{"order":1}'), call('pay', '{"order":1}'))).toEqual(['held', 'breached']);
  });

  it.each([undefined, '{}', '{"order":', '{"key":"a"}'])('does not know which operation it was: %s', (args) => {
    expect(standings(call('pay', args), call('pay', args))).toEqual(['unknown', 'unknown']);
  });

  it('lets a write be done again that was undone', () => {
    const [book, other, unbook] = [call('book', '{"a":1}'), call('book', '{"a":2}'), call('unbook', '{}')];
    expect(standings(book, unbook, book)).toEqual(['held', 'held', 'held']);
    expect(standings(book, unbook, book, book)).toEqual(['held', 'held', 'held', 'breached']);
    expect(standings(book, call('unbook', '{}', 'timeout'), book)).toEqual(['held', 'held', 'breached']);
    expect(standings(book, other, unbook, book)).toEqual(['held', 'held', 'held', 'unknown']);
    expect(standings(unbook, book, book)).toEqual(['held', 'held', 'breached']);
  });

  it('judges 10,000 calls', () => {
    const calls = Array.from({ length: 10_000 }, (_, i) => call('pay', `{"order":${i}}`));
    expect(new Set(standings(...calls))).toEqual(new Set(['held']));
  });
});
