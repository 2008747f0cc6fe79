import { describe, expect, it } from 'vitest';
import { parseCassette } from './cassette.ts';
import { chatBody, echo } from './testing/proxy-of.ts';
import { KEY, record, replay } from './testing/recorded.ts';
import type { Upstream } from './upstream.ts';

describe('a recording', () => {
  it('holds no key from headers, query, body or answer', async () => {
    const { text, entries } = await record([chatBody(`my key is ${KEY}`, { metadata: { [KEY]: KEY } })], {
      headers: { authorization: `Bearer ${KEY}`, 'x-api-key': KEY, 'user-agent': `agent ${KEY}`, cookie: KEY },
    });
    expect(entries).toHaveLength(1);
    expect(text).not.toContain('planted');
    expect(text).toContain('[api-key:');
  });

  it('records an answer that its provider broke off as such, and replays the break', async () => {
    async function* broken() {
      yield { afterMs: 0, bytes: new TextEncoder().encode('data: {}\n\n') };
      throw new Error('gone');
    }
    const upstream: Upstream = {
      kind: 'simulated',
      answer: async ({ wire, runId }) => ({
        delivery: { ...echo(wire, runId), headers: {}, frames: broken() },
        problem: () => undefined,
      }),
      close: () => undefined,
    };
    const { entries, heard } = await record([chatBody('hi')], {}, upstream);
    expect(heard).toEqual(['broken']);
    expect(entries.map(({ res }) => [res.frames[0]?.[1], res.end])).toEqual([['data: {}\n\n', 'reset']]);
    const { proxy: replaying, hear } = await replay(entries);
    await expect(hear(chatBody('hi'))).rejects.toThrow();
    await replaying.close();
  });
});

describe('a recording of a very large answer', () => {
  it('passes it on and keeps nothing of it', async () => {
    const bytes = new TextEncoder().encode('x'.repeat(1024 * 1024));
    function* frames() {
      for (let i = 0; i < 33; i++) yield { afterMs: 0, bytes };
    }
    const upstream: Upstream = {
      kind: 'simulated',
      answer: async ({ wire, runId }) => {
        const { headers, ...delivery } = echo(wire, runId);
        return { delivery: { ...delivery, headers: {}, frames: frames() }, problem: () => undefined };
      },
      close: () => undefined,
    };
    const { entries, heard } = await record([chatBody('hi')], {}, upstream);
    expect([heard[0]?.length, entries]).toEqual([33 * bytes.length, []]);
  });
});

describe('parseCassette', () => {
  it('names the lines that are no entries, without their values', async () => {
    const { text } = await record([chatBody('hi')]);
    const bad = ['{"v":2}', `not json ${KEY}`, text.trim().replace('"seq":0', `"seq":"${KEY}"`), ''];
    const { entries, problems } = parseCassette(`\uFEFF${text.trim()}\r\n\n${bad.join('\n')}`);
    expect(entries).toHaveLength(1);
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(problems[2]?.message).toBe('seq: invalid_type');
    expect(JSON.stringify(problems)).not.toContain('planted');
  });

  it('refuses members that it does not know', async () => {
    const { text } = await record([chatBody('hi')]);
    expect(parseCassette(text.replace('{"v":1', '{"new":true,"v":1')).problems).toHaveLength(1);
  });
});
