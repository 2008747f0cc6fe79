import { describe, expect, it } from 'vitest';
import { proxyOf } from './testing/proxy-of.ts';
import { createToolServer, type ToolHost } from './tool-server.ts';

const HOST: ToolHost = {
  answers: { refund: '{"refund":"R-1"}', get_order: '{"order":"O-1"}' },
  isWrite: (tool) => tool === 'refund',
  keyOf: (tool) => (tool === 'refund' ? 'request_id' : undefined),
  behaviourOf: () => ({}),
};

function served(host: Partial<ToolHost> = {}) {
  const server = createToolServer({ ...HOST, ...host }, { runId: 'r1', now: () => 7 });
  const ask = (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { start, status, frames } = server.answer(path, new TextEncoder().encode(text), headers);
    const said = frames.map(({ bytes }) => new TextDecoder().decode(bytes)).join('');
    return { start, status, said: said === '' ? undefined : JSON.parse(said) };
  };
  const rpc = (method: string, params: object = {}) => ask('/mcp', { jsonrpc: '2.0', id: 1, method, params }).said;
  return { ask, rpc, calls: server.calls };
}

describe('tools over HTTP', () => {
  it('answer what is declared, and are counted', () => {
    const { ask, calls } = served();
    expect(ask('/refund', { order: 'O-1' })).toEqual({ start: 'answer', status: 200, said: { refund: 'R-1' } });
    expect(ask('/get_order?x=1', {}).said).toEqual({ order: 'O-1' });
    expect(calls()).toMatchObject([
      { tool: 'refund', isWrite: true, isCommitted: true, isStalled: false, atMs: 7 },
      { tool: 'get_order', isWrite: false },
    ]);
  });

  it('refuse what is not served and what is no object, and carry none of it out', () => {
    const { ask, calls } = served();
    for (const path of ['/toString', '/', '/%']) expect(ask(path, {}).status, path).toBe(404);
    for (const body of ['[1]', '{', '', 'null']) expect(ask('/refund', body).status, body).toBe(400);
    expect(calls()).toEqual([]);
  });

  it('carry out the first write and never answer it, then answer as ever', () => {
    const { ask, calls } = served({ behaviourOf: () => ({ stalls: true }) });
    expect(ask('/get_order', {}).start).toBe('answer');
    expect(ask('/refund', { order: 'O-1' }).start).toBe('stall');
    expect(ask('/refund', { order: 'O-1' }).status).toBe(200);
    const [, first, second] = calls();
    expect(first).toMatchObject({ isStalled: true, isCommitted: true });
    expect(second).toMatchObject({ isStalled: false, isCommitted: true, hash: first?.hash });
  });

  it('fail, offer more, answer otherwise and see what must not come, as the run has it', () => {
    const failing = served({ behaviourOf: () => ({ fails: true }) });
    expect(failing.ask('/refund', {})).toMatchObject({ status: 503, said: { error: 'the tool is not available' } });
    expect(failing.rpc('tools/call', { name: 'refund', arguments: {} }).result).toMatchObject({ isError: true });
    expect(failing.calls()).toMatchObject([{ isCommitted: false }, { isCommitted: false }]);
    const answers = { refund_as_admin: '1', refund: '{"refund":"R-2"}' };
    const isForbidden = (tool: string, args: unknown) =>
      tool === 'refund_as_admin' && JSON.stringify(args) === '{"x":1}';
    const { ask, rpc, calls } = served({ behaviourOf: () => ({ answers, isForbidden }) });
    expect(rpc('tools/list').result.tools.map(({ name }: { name: string }) => name)).toContain('refund_as_admin');
    expect(ask('/refund', {}).said).toEqual({ refund: 'R-2' });
    for (const x of [1, 2]) ask('/refund_as_admin', { x });
    expect(calls().map((call) => call.isForbidden)).toEqual([false, true, false]);
  });

  it.each([
    ['a header', {}, { 'idempotency-key': 'k1' }],
    ['an argument', { idempotency_key: 'k1' }, {}],
    ['an argument in the other style', { idempotencyKey: 'k1' }, {}],
    ['the argument that is declared', { request_id: 'k1' }, {}],
  ])('carry out once what comes again under one key (%s)', (_name, args, headers) => {
    const { ask, calls } = served({ behaviourOf: () => ({ stalls: true }) });
    ask('/refund', { order: 'O-1', ...args }, headers);
    expect(ask('/refund', { order: 'O-1', ...args }, headers).said).toEqual({ refund: 'R-1' });
    expect(calls().map(({ isCommitted }) => isCommitted)).toEqual([true, false]);
  });

  it('know the same call again under another key, and another call by its arguments', () => {
    const { ask, calls } = served();
    ask('/refund', { order: 'O-1', idempotency_key: 'k1' });
    ask('/refund', { idempotency_key: 'k2', order: 'O-1' });
    ask('/refund', { order: 'O-2' });
    const [one, again, other] = calls().map(({ hash }) => hash);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
    expect(calls().every(({ isCommitted }) => isCommitted)).toBe(true);
  });
});

describe('tools over the Model Context Protocol', () => {
  it('are listed and called', () => {
    const { rpc, calls } = served();
    expect(rpc('initialize', { protocolVersion: '2025-03-26' }).result).toMatchObject({
      protocolVersion: '2025-03-26',
    });
    expect(rpc('tools/list').result.tools.map(({ name }: { name: string }) => name)).toEqual(['refund', 'get_order']);
    expect(rpc('tools/call', { name: 'refund', arguments: { order: 'O-1' } }).result).toEqual({
      content: [{ type: 'text', text: '{"refund":"R-1"}' }],
      isError: false,
    });
    expect(calls()).toHaveLength(1);
  });

  it('are silent after a write that met the fault', () => {
    const { ask } = served({ behaviourOf: () => ({ stalls: true }) });
    const call = { jsonrpc: '2.0', id: 'x', method: 'tools/call', params: { name: 'refund' } };
    expect(ask('/mcp', call).start).toBe('stall');
  });

  it('take notifications, and refuse what they do not know', () => {
    const { ask, rpc, calls } = served();
    expect(ask('/mcp', { jsonrpc: '2.0', method: 'notifications/initialized' })).toMatchObject({ status: 202 });
    expect(rpc('ping').result).toEqual({});
    expect(rpc('resources/list').error.code).toBe(-32_601);
    expect(rpc('tools/call', { name: 'none' }).error.code).toBe(-32_602);
    expect(ask('/mcp', '[]').status).toBe(400);
    expect(calls()).toEqual([]);
  });
});

describe('a run of the proxy', () => {
  it('leads its program to the tools, and ends what is never answered', async () => {
    const { proxy } = await proxyOf({ tools: { ...HOST, behaviourOf: () => ({ stalls: true }) } });
    const run = proxy.openRun('r1');
    const env = run.environment(['openai']);
    expect(env['AIGATE_MCP_URL']).toBe(`${env['AIGATE_TOOLS_URL']}/mcp`);
    const ask = () => fetch(`${env['AIGATE_TOOLS_URL']}/refund`, { method: 'POST', body: '{"order":"O-1"}' });
    const broken = () => 'broken off';
    const asked = [ask(), ask()].map((call) => call.then((response) => response.text(), broken));
    expect(await Promise.race(asked)).toBe('{"refund":"R-1"}');
    const { toolCalls } = await run.end();
    expect(await Promise.all(asked)).toContain('broken off');
    expect(toolCalls.map(({ isStalled }) => isStalled)).toEqual([true, false]);
    await proxy.close();
  });

  it('knows no such address where no tool is served', async () => {
    const { proxy } = await proxyOf();
    const run = proxy.openRun('r1');
    expect(run.environment(['openai'])).not.toHaveProperty('AIGATE_TOOLS_URL');
    const asked = await fetch(`${proxy.url}/r/r1/aigate-tools/refund`, { method: 'POST', body: '{}' });
    expect(asked.status).toBe(404);
    await proxy.close();
  });
});
