import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivals } from './arrivals.ts';
import { type Arrival, runOpenLoad } from './open-load.ts';
import { sleeperOn } from './sleep.ts';

/** A clock that stands still until everything waits, and then goes to the earliest time that somebody waits for. */
function virtualClock() {
  let nowMs = 1_000_000;
  const waiting: { atMs: number; wake: () => void }[] = [];
  const sleepUntil = (atMs: number, signal?: AbortSignal) =>
    new Promise<void>((wake) => {
      if (atMs <= nowMs || signal?.aborted) return wake();
      waiting.push({ atMs, wake });
      signal?.addEventListener('abort', () => wake(), { once: true });
    });
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise(setImmediate);
      const next = waiting.sort((a, b) => a.atMs - b.atMs).shift();
      if (next === undefined) continue;
      nowMs = Math.max(nowMs, next.atMs);
      next.wake();
    }
    return done;
  };
  return { now: () => nowMs, sleepUntil, run, begin: 1_000_000 };
}

const never = new AbortController().signal;
setMaxListeners(0, never);

/** Runs a load whose n-th task takes the n-th duration. */
function simulate(intended: readonly number[], takesMs: (index: number) => number, maxInFlight = 1_000) {
  const clock = virtualClock();
  const task = async (index: number) => {
    await clock.sleepUntil(clock.now() + takesMs(index));
    return index;
  };
  return clock.run(runOpenLoad(intended, task, { maxInFlight, ...clock, signal: never }));
}

const latencies = (results: readonly Arrival<number>[]) =>
  results.map((result) => (result.status === 'done' ? result.latencyMs : result.status));

describe('an open load', () => {
  it('starts each task at its time although the earlier ones are still running', async () => {
    const results = await simulate([0, 100, 200], () => 10_000);
    expect(results).toEqual(
      [0, 100, 200].map((intendedMs, index) => ({
        index,
        intendedMs,
        status: 'done',
        startMs: intendedMs,
        latencyMs: 10_000,
        value: index,
      })),
    );
  });

  it('counts an arrival as dropped when as many as allowed are running, and goes on after it', async () => {
    expect(latencies(await simulate([0, 100, 200, 300], () => 250, 2))).toEqual([250, 250, 'dropped', 250]);
  });

  it('measures from the intended start, so that a stall of this machine shows', async () => {
    const clock = virtualClock();
    let isFirst = true;
    const sleepUntil = async (atMs: number) => {
      await clock.sleepUntil(isFirst ? atMs + 700 : atMs);
      isFirst = false;
    };
    const load = runOpenLoad([0, 500], async () => 'x', { maxInFlight: 9, now: clock.now, sleepUntil, signal: never });
    expect(await clock.run(load)).toMatchObject([
      { startMs: 700, latencyMs: 700 },
      { startMs: 700, latencyMs: 200 },
    ]);
  });

  it('shows a stall of the service to every user who arrives in it, as a closed loop does not', async () => {
    // The case of the facts: 10/s for 60 s, 100 ms each, and a stall from 20 s to 30 s.
    const intended = arrivals({ perSecond: 10, seconds: 60, shape: 'constant' });
    const takes = (index: number) => {
      const atMs = intended[index] ?? 0;
      return atMs >= 20_000 && atMs < 30_000 ? 30_000 - atMs + 100 : 100;
    };
    const sorted = latencies(await simulate(intended, takes)).map(Number);
    sorted.sort((a, b) => a - b);
    expect([sorted[569], sorted[593]]).toEqual([7_100, 9_500]);
  });

  it('takes a task that throws, at once or later, as a result', async () => {
    const clock = virtualClock();
    const task = async (index: number) => {
      if (index > 0) await clock.sleepUntil(clock.now() + 50);
      throw new Error(`no ${index}`);
    };
    const results = await clock.run(runOpenLoad([0, 10], task, { maxInFlight: 1, ...clock, signal: never }));
    expect(results).toMatchObject([
      { status: 'failed', latencyMs: 0, cause: { message: 'no 0' } },
      { status: 'failed', latencyMs: 50, cause: { message: 'no 1' } },
    ]);
  });

  it('starts nothing after an abort and waits for what runs', async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const task = async (index: number) => {
      await clock.sleepUntil(clock.now() + 150);
      if (index === 0) controller.abort();
    };
    const load = runOpenLoad([0, 100, 200, 300], task, { maxInFlight: 9, ...clock, signal: controller.signal });
    const results = await clock.run(load);
    expect(results.map(({ status }) => status)).toEqual(['done', 'done', 'not-started', 'not-started']);
  });

  it('accounts for every arrival and never runs more than allowed', async () => {
    const anyTime = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 40 });
    const arbitrary = fc.tuple(anyTime, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 500 }));
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([times, maxInFlight, takesMs]) => {
        const intended = [...times].sort((a, b) => a - b);
        const results = await simulate(intended, () => takesMs, maxInFlight);
        expect(results.map(({ index, intendedMs }) => [index, intendedMs])).toEqual([...intended.entries()]);
        for (const { intendedMs: atMs } of results) {
          const running = results.filter(
            (other) => other.status === 'done' && other.startMs <= atMs && atMs < other.startMs + takesMs,
          );
          expect(running.length).toBeLessThanOrEqual(maxInFlight);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps to a real clock and leaves no timer when aborted', async () => {
    const now = () => performance.now();
    const options = { maxInFlight: 9, now, sleepUntil: sleeperOn(now) };
    const results = await runOpenLoad([0, 5, 30], async () => 'x', { ...options, signal: never });
    expect(results.every((result) => result.status === 'done' && result.startMs >= result.intendedMs)).toBe(true);
    const controller = new AbortController();
    const load = runOpenLoad([0, 3_600_000], async () => controller.abort(), { ...options, signal: controller.signal });
    expect((await load).map(({ status }) => status)).toEqual(['done', 'not-started']);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThan(3);
  });
});
