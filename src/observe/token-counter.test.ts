import { describe, expect, it } from 'vitest';
import { createTokenCounter } from './token-counter.ts';

async function counted(input: string | undefined, output: string | undefined) {
  const counter = createTokenCounter();
  const counts = counter.count({ input, output });
  await counter.settle();
  return counts;
}

describe('counting tokens in recorded texts', () => {
  it('counts as the published vocabulary does, and keeps what is not recorded apart from what is empty', async () => {
    expect(await counted('hello world', '')).toEqual({ input: 2, output: 0 });
    expect(await counted(undefined, 'tiktoken is great!')).toEqual({ input: undefined, output: 6 });
  });

  it.each(['<|im_start|>user', 'see <|endoftext|> in the README', '<|fim_prefix|>'])(
    'takes %j for text, not for a command',
    async (text) => {
      expect((await counted(text, undefined)).input).toBeGreaterThan(3);
    },
  );

  it('promises counts until the vocabulary is loaded, and then counts at once', async () => {
    const counter = createTokenCounter();
    const [early, other] = [counter.count({ input: 'one', output: 'two' }), counter.count({ input: 'x', output: 'y' })];
    expect([early, other, counter.isWaiting()]).toEqual([
      { input: undefined, output: undefined },
      { input: undefined, output: undefined },
      true,
    ]);
    await counter.settle();
    expect([early, other, counter.isWaiting()]).toEqual([{ input: 1, output: 1 }, { input: 1, output: 1 }, false]);
    expect(counter.count({ input: 'three', output: undefined })).toEqual({ input: 1, output: undefined });
    expect(counter.isWaiting()).toBe(false);
  });

  it('asks for a long text when it counts it, and not before', async () => {
    const counter = createTokenCounter();
    let asked = 0;
    const input = () => {
      asked += 1;
      return 'hello world';
    };
    const counts = counter.count({ input, output: undefined });
    expect(asked).toBe(0);
    await counter.settle();
    expect([counts, asked]).toEqual([{ input: 2, output: undefined }, 1]);
  });

  it('counts texts that begin alike as it counts each alone', async () => {
    const counter = createTokenCounter();
    await counter.settle();
    const words = 'the quick brown fox jumps over the lazy dog '.repeat(2_000);
    const lengths = [5_000, 20_000, 20_001, 88_000, 12];
    const counts = lengths.map((length) => counter.count({ input: words.slice(0, length), output: undefined }).input);
    const alone = await Promise.all(lengths.map((length) => counted(words.slice(0, length), undefined)));
    expect(counts).toEqual(alone.map(({ input }) => input));
  });

  it('of one long run of characters takes time in proportion, and cuts cost hardly a token', async () => {
    const { input = 0 } = await counted('a'.repeat(200_000), undefined);
    expect(input).toBeGreaterThan(20_000);
    const words = 'the quick brown fox jumps over the lazy dog '.repeat(1_000);
    const whole = (await counted(words, undefined)).input ?? 0;
    expect(whole).toBeLessThan(9_001 * 1.003);
    expect(whole).toBeGreaterThanOrEqual(9_000);
  });
});
