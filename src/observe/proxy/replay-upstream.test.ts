import { describe, expect, it } from 'vitest';
import { parseCassette } from './cassette.ts';
import { ask, chatBody } from './testing/proxy-of.ts';
import { KEY, record, replay } from './testing/recorded.ts';

describe('a replay', () => {
  it.each([true, false])('gives back what was recorded, in its order (stream: %s)', async (stream) => {
    const bodies = ['hi', 'you', 'hi'].map((said) => chatBody(said, { stream }));
    const { heard, text } = await record(bodies);
    const { entries, problems } = parseCassette(text);
    expect([entries.length, problems]).toEqual([3, []]);
    const { proxy, exchanges, hear } = await replay(entries);
    const again: string[] = [];
    for (const body of bodies) again.push(await hear(body));
    await proxy.close();
    expect(again).toEqual(heard);
    expect(exchanges.map(({ upstream, upstreamProblem }) => [upstream, upstreamProblem])).toEqual(
      bodies.map(() => ['replay', undefined]),
    );
  });

  it('finds a redacted recording by the clear request', async () => {
    const body = chatBody(`my key is ${KEY}`);
    const { entries } = await record([body]);
    const { proxy, hear } = await replay(entries);
    expect(await hear(body)).toContain('answer 0 heard my key is [api-key:');
    await proxy.close();
  });

  it('does not mind members that differ from time to time, nor the order of members', async () => {
    const { entries } = await record([chatBody('hi', { seed: 1, user: 'u', stream_options: { include_usage: true } })]);
    const { proxy, hear } = await replay(entries);
    const body = '{"messages":[{"content":"hi","role":"user"}],"metadata":{"a":"b"},"model":"gpt-x"}';
    expect(await hear(body)).toContain('heard hi');
    await proxy.close();
  });

  it('keeps the answer that a fault spoils for the next request', async () => {
    const { entries } = await record([chatBody('hi')]);
    const { proxy, hear } = await replay(entries, {
      faultFor: (_run, { seq }) =>
        seq === 0
          ? { id: 'empty', needsHealthy: true, apply: (ok) => ({ ...ok, frames: [], headers: {} }) }
          : undefined,
    });
    expect(await hear(chatBody('hi'))).toBe('');
    expect(await hear(chatBody('hi'))).toContain('heard hi');
    await proxy.close();
  });

  it('refuses what is not recorded and names the nearest recording', async () => {
    const talk = (...said: string[]) =>
      JSON.stringify({ model: 'gpt-x', messages: said.map((content) => ({ role: 'user', content })) });
    const { entries } = await record([talk('a'), talk('a', 'b'), talk('a', 'b', 'c')]);
    const { proxy, exchanges, hear } = await replay(entries);
    const nearest = 'nearest is request 1 of run recorded with 2 messages: the first 2 are the same, the next differs';
    expect(await hear(talk('a', 'b', 'x'))).toContain(nearest);
    expect(await hear(talk('x'))).toContain('the first message differs');
    expect(await hear(chatBody('a', { temperature: 1 }))).toContain('all are the same, other members differ');
    expect(await hear(JSON.stringify({ model: 'gpt-y', messages: [] }))).toContain('nor for its format and model');
    await hear(talk('a'));
    expect(await hear(talk('a'))).toContain('recorded once and is now asked once more');
    await proxy.close();
    const missed = exchanges.filter(({ upstreamProblem }) => upstreamProblem?.startsWith('REPLAY_MISS: '));
    expect([missed.length, missed.every(({ status }) => status === 400)]).toEqual([5, true]);
  });

  it('keeps runs apart: each begins with the first recording', async () => {
    const { entries } = await record([chatBody('hi'), chatBody('hi')]);
    const { proxy } = await replay(entries);
    const bases = ['a', 'b'].map((id) => proxy.openRun(id).environment(['openai'])['OPENAI_BASE_URL']);
    const first = await Promise.all(bases.map(async (base) => (await ask(base, chatBody('hi'))).text()));
    const second = await Promise.all(bases.map(async (base) => (await ask(base, chatBody('hi'))).text()));
    await proxy.close();
    for (const [i, answers] of [first, second].entries()) {
      for (const answer of answers) expect(answer).toContain(`answer ${i} heard`);
    }
  });
});
