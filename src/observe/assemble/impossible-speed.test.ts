import { describe, expect, it } from 'vitest';
import { modelCalls, observeRun } from '../../dev/testing/observation.ts';
import { CHAT, tracesLine } from '../../dev/testing/otlp-spans.ts';

async function measured(tokens: number | undefined, durationMs: number) {
  const usage = tokens === undefined ? {} : { 'gen_ai.usage.output_tokens': tokens };
  const { run, source } = await observeRun(tracesLine([{ id: 'call', durationMs, attributes: { ...CHAT, ...usage } }]));
  const [call] = modelCalls(run.steps);
  return { durationMs: call?.durationMs, impossible: source.impossibleTimes };
}

describe('a call that wrote faster than any model', () => {
  it.each<[string, number | undefined, number, boolean]>([
    ['at 20,000 tokens a second is as measured', 20_000, 1_000, true],
    ['above that has no duration', 20_001, 1_000, false],
    ['of three seconds that were written as milliseconds has none', 300, 3, false],
    ['in no time at all has none', 50, 0, false],
    ['with fewer than 50 tokens may be that fast', 49, 0, true],
    ['whose tokens are not recorded may be that fast', undefined, 0, true],
    ['at the usual speed is as measured', 300, 4_000, true],
  ])('%s', async (_, tokens, durationMs, isMeasured) => {
    expect(await measured(tokens, durationMs)).toEqual({
      durationMs: isMeasured ? durationMs : undefined,
      impossible: isMeasured ? 0 : 1,
    });
  });

  it('is possible where the answer came from a store', async () => {
    const output = { choices: [], usage: { input_tokens: 1, output_tokens: 9_000, total_tokens: 9_001 } };
    const times = { timestamp: '2026-11-20T09:00:00.000Z', completed: '2026-11-20T09:00:00.003Z' };
    const log = (cache: string) => {
      const events = [{ event: 'model', model: 'openai/m', output, cache, ...times }];
      return JSON.stringify({ status: 'success', eval: { task: 't' }, samples: [{ id: 1, events }] });
    };
    const durations = async (cache: string) =>
      modelCalls((await observeRun(log(cache))).run.steps).map(({ durationMs }) => durationMs);
    expect([await durations('read'), await durations('write')]).toEqual([[3], [undefined]]);
  });
});
