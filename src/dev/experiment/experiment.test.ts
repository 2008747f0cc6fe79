import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../bench/random.ts';
import { coverageOf } from './coverage.ts';
import { groupRuns } from './group-runs.ts';
import { type Columns, readLengths } from './read-calls.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aigate-experiment-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const USUAL: Columns = { input: undefined, output: undefined, run: undefined };
const read = async (name: string, content: string | Uint8Array, columns = USUAL) => {
  await writeFile(join(folder, name), content);
  return readLengths(join(folder, name), columns);
};

describe('readLengths', () => {
  it('reads CSV under the usual names, quoted cells and an empty last line too', async () => {
    const csv = 'TIMESTAMP,ContextTokens,GeneratedTokens\r\n"2023-11-16, 18:17",4808,10\r\n2023,3180,8\r\n\r\n';
    expect((await read('a.csv', csv)).map(({ input, output }) => [input, output])).toEqual([
      [4808, 10],
      [3180, 8],
    ]);
  });

  it('reads JSON lines, packed or not, with the run they name and the blocks of their prompt', async () => {
    const line = '{"input_length":5,"output_length":2,"session_id":7,"hash_ids":[0,3]}\n';
    const expected = [{ input: 5, output: 2, run: '7', blocks: [0, 3] }];
    expect(await read('a.jsonl', line)).toEqual(expected);
    expect(await read('a.jsonl.gz', gzipSync(line))).toEqual(expected);
  });

  it('reads the columns that it is told to', async () => {
    const columns = { input: 'in', output: 'out', run: 'case' };
    expect(await read('a.csv', 'case,in,out\na,1,2\n', columns)).toEqual([
      { input: 1, output: 2, run: 'a', blocks: undefined },
    ]);
  });

  it.each([
    ['no such column', 'a,b\n1,2\n', 'line 2: no input length'],
    ['a negative length', 'input,output\n-1,2\n', 'line 2: no input length'],
    ['a length that is no number', 'input,output\n1,x\n', 'line 2: no output length'],
    ['nothing', '\n', 'holds no records'],
  ])('refuses %s', async (_, csv, message) => {
    await expect(read('a.csv', csv)).rejects.toThrow(message);
  });
});

describe('groupRuns', () => {
  const prices = { input: 1, output: 10, cacheRead: undefined };
  const call = (blocks: readonly number[] | undefined, run?: string) => ({ input: 2_000, output: 1, run, blocks });

  it('joins calls by their column', () => {
    const { runs, joinedBy } = groupRuns([call(undefined, 'a'), call(undefined, 'b'), call(undefined, 'a')], prices);
    expect([runs, joinedBy]).toEqual([[[2_010, 2_010], [2_010]], 'column']);
  });

  it('joins a call to the longest earlier prompt that it goes on with, without its last block', () => {
    const { runs } = groupRuns([call([0, 1, 2]), call([0, 1, 3, 4]), call([0, 5, 6]), call([0, 1, 3, 7])], prices);
    expect(runs.map(({ length }) => length)).toEqual([3, 1]);
  });

  it('takes a shared system prompt for no conversation', () => {
    const { runs } = groupRuns([call([0, 1]), call([0, 2])], prices);
    expect(runs).toHaveLength(2);
  });

  it('charges the known beginning of a prompt as read from the cache', () => {
    const { runs } = groupRuns([call([0, 1]), call([0, 2])], { ...prices, cacheRead: 0 });
    expect(runs).toEqual([[2_010], [2_010 - 512]]);
  });
});

describe('coverageOf', () => {
  const options = { size: 30, repetitions: 400, resamples: 100 };

  it('holds as often as promised on costs that are nearly normal', () => {
    const random = seededRandom(7);
    const runs = Array.from({ length: 5_000 }, () => [
      Math.round(1e6 * (10 + random() + random() + random() + random())),
    ]);
    const { interval, plainMissed, guardedMissed, callBootstrap } = coverageOf(runs, { ...options, random });
    expect(Math.abs(interval - 0.9)).toBeLessThan(0.05);
    expect(Math.abs(plainMissed - 0.05)).toBeLessThan(0.04);
    expect(guardedMissed).toBeLessThanOrEqual(plainMissed);
    expect(callBootstrap).toBeUndefined();
  });

  it('shows that calls of one run are not independent', () => {
    const random = seededRandom(7);
    const runs = Array.from({ length: 2_000 }, () => {
      const cost = Math.round(1e6 * (1 + 9 * random()));
      return Array.from({ length: 8 }, () => cost);
    });
    const { bootstrap, callBootstrap } = coverageOf(runs, { ...options, random });
    expect(bootstrap).toBeGreaterThan(0.82);
    expect(callBootstrap).toBeLessThan(0.55);
  });
});

const corpus = process.env['AIGATE_CORPUS'] ?? fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));

describe.skipIf(!existsSync(corpus))('forecasts on production traces (needs the folder AIGATE_CORPUS)', () => {
  const prices = { input: 3_000, output: 15_000, cacheRead: undefined };
  /** Two, and the standard error that the figures compared with have: they are from 200 to 1,000 repetitions. */
  const POINTS = 3;
  const options = { repetitions: 3_000, resamples: 100 };

  it('miss the gate bound on the Azure trace as seldom as was measured before', async () => {
    const calls = await readLengths(join(corpus, 'usage/azure-2023/AzureLLMInferenceTrace_code.csv'), USUAL);
    const { runs } = groupRuns(calls, prices);
    expect(runs).toHaveLength(8_819);
    for (const [size, missed] of [
      [30, 2.8],
      [100, 1.7],
      [300, 3.8],
    ] as const) {
      const { guardedMissed } = coverageOf(runs, { ...options, size, random: seededRandom(1) });
      expect(Math.abs(100 * guardedMissed - missed), `n = ${size}`).toBeLessThanOrEqual(POINTS);
    }
  });

  it('hold on the conversations of the Mooncake trace, and not on its calls', async () => {
    const calls = await readLengths(join(corpus, 'usage/mooncake/conversation_trace.jsonl.gz'), USUAL);
    const { runs } = groupRuns(calls, prices);
    expect([runs.length, Math.max(...runs.map(({ length }) => length))]).toEqual([8_057, 43]);
    for (const [size, missed] of [
      [30, 8],
      [100, 6],
      [300, 4],
    ] as const) {
      const { guardedMissed, callBootstrap = 1 } = coverageOf(runs, { ...options, size, random: seededRandom(2) });
      expect(Math.abs(100 * guardedMissed - missed), `n = ${size}`).toBeLessThanOrEqual(POINTS);
      expect(Math.abs(100 * callBootstrap - 59), `calls, n = ${size}`).toBeLessThanOrEqual(POINTS);
    }
  });
});
