import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { describeDrift } from '../../contract/served/describe-drift.ts';
import { serverDrift } from '../../contract/served/lock-drift.ts';
import type { ServedTool, ToolLock } from '../../contract/served/served-tools.ts';
import { defineServer } from './define-server.ts';
import { lockText, parseLock } from './lock-file.ts';

const server = (tools: readonly ServedTool[], instructions?: string) =>
  defineServer({ protocol: '2025-11-25', serverName: 'n', serverVersion: '1', instructions, tools }, []);

const tool = (name: string, more: Readonly<Record<string, Json>> = {}): ServedTool => ({
  name,
  description: `Uses ${name}`,
  inputSchema: { type: 'object', properties: { code: { type: 'string' }, tab: { type: 'integer' } } },
  ...more,
});

const told = (before: readonly ServedTool[], after: readonly ServedTool[]) =>
  serverDrift('s', server(before), server(after)).map(describeDrift);

describe('a server definition', () => {
  it('has the same digest whatever the order of tools and members', () => {
    const a = server([{ name: 'a', title: 'A', description: 'x' }, { name: 'b' }]);
    const b = server([{ name: 'b' }, { description: 'x', title: 'A', name: 'a' }]);
    expect(b.hash).toBe(a.hash);
    expect(serverDrift('s', a, b)).toEqual([]);
  });

  it('has another digest for every member that changes, also one nobody knows yet', () => {
    const base = server([tool('a')]).hash;
    const others = [{ title: 'A' }, { annotations: {} }, { outputSchema: {} }, { icons: [] }, { _meta: { x: 1 } }];
    const hashes = new Set(others.map((more) => server([tool('a', more)]).hash));
    expect(hashes.add(base).add(server([tool('a')], 'Hello').hash).size).toBe(7);
  });

  it('survives 10,000 tools, huge descriptions, names given twice and schemas that refer to themselves', () => {
    const cycle = { type: 'object', properties: { next: { $ref: '#' } }, $defs: { a: { $ref: '#/$defs/a' } } };
    const many = Array.from({ length: 10_000 }, (_, i) =>
      tool(`tool_${i % 9_000}`, { inputSchema: cycle, title: `${i}` }),
    );
    const huge = tool('huge', { description: 'x'.repeat(1_000_000) });
    const [before, after] = [server([...many, huge]), server([...many.toReversed(), { ...huge, title: 'Huge' }])];
    expect(serverDrift('s', before, after).map(describeDrift)).toEqual(['s/huge changed: title']);
    expect(serverDrift('s', before, server([]))).toHaveLength(10_001);
    const renamed = server(many.map((one) => ({ ...one, name: `new_${one.name}` })));
    const pairs = serverDrift('s', server(many), renamed).filter(({ change }) => change === 'tool-renamed');
    expect(pairs).toHaveLength(10_000);
  });

  it('takes names of members that every object has', () => {
    const odd: ServedTool = JSON.parse(
      '{"name":"__proto__","constructor":1,"__proto__":{"a":1},"annotations":{"__proto__":true}}',
    );
    const lock: ToolLock = {
      lockVersion: 1,
      servers: { constructor: server([odd]) },
      files: { ['__proto__']: 'a'.repeat(64) },
    };
    expect(lockText(parseLock(lockText(lock), 'x.lock'))).toBe(lockText(lock));
    expect(told([], [odd])).toEqual(['s/__proto__ added: new, it may write and destroy']);
  });
});

describe('drift', () => {
  it('pairs a tool with its new name by its arguments', () => {
    expect(
      told(
        [tool('browser_run_code'), tool('browser_close', { inputSchema: { type: 'object' } })],
        [tool('browser_run_code_unsafe', { description: 'Runs a snippet in the page' })],
      ),
    ).toEqual([
      's/browser_close removed',
      's/browser_run_code renamed to browser_run_code_unsafe (65 % alike): description',
    ]);
  });

  it('pairs no tools that only look a little alike', () => {
    const other = {
      description: 'Sends mail',
      inputSchema: { type: 'object', properties: { to: { type: 'string' } } },
    };
    expect(told([tool('get_page')], [tool('send_mail', other)])).toEqual([
      's/send_mail added: new, without annotations: it may write and destroy',
      's/get_page removed',
    ]);
  });

  it.each<[string, Readonly<Record<string, Json>>, Readonly<Record<string, Json>>, string]>([
    [
      'it writes',
      { annotations: { readOnlyHint: true } },
      { annotations: { readOnlyHint: false, destructiveHint: false } },
      'it may write',
    ],
    [
      'its annotations are gone',
      { annotations: { readOnlyHint: true, openWorldHint: false } },
      {},
      'it may write; it may destroy or overwrite; it may reach beyond its own domain',
    ],
    [
      'it takes any argument',
      { inputSchema: { type: 'object', additionalProperties: false } },
      { inputSchema: { type: 'object' } },
      'it takes arguments that it does not name',
    ],
    [
      'it takes one more',
      { inputSchema: { type: 'object' } },
      { inputSchema: { type: 'object', properties: { 'to\u200b': {} } } },
      'it takes to\\u{200b} too',
    ],
    [
      'an allowed value is added',
      { inputSchema: { type: 'object', properties: { to: { enum: ['a'] } } } },
      { inputSchema: { type: 'object', properties: { to: { enum: ['a', 'b'] } } } },
      'it limits to less',
    ],
    [
      'a bound is gone',
      { inputSchema: { type: 'object', properties: { n: { maximum: 5 } } } },
      { inputSchema: { type: 'object', properties: { n: {} } } },
      'it limits n less',
    ],
    [
      'its schema says nothing any more',
      { inputSchema: { type: 'object' } },
      { inputSchema: { $schema: 'x' } },
      'it takes whatever it is given: its input schema has no type',
    ],
  ])('puts gained authority first: %s', (_name, before, after, says) => {
    const [first] = told([tool('a'), tool('b', before)], [tool('a', { title: 'A' }), tool('b', after)]);
    expect(first).toContain(`s/b changed: ${says}`);
  });

  it('tells what is narrowed without calling it a gain', () => {
    const [only] = serverDrift('s', server([tool('a')]), server([tool('a', { annotations: { readOnlyHint: true } })]));
    expect(only).toMatchObject({ gains: [], flips: ['readOnlyHint absent → true'] });
  });
});
