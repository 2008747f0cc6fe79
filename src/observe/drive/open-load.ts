/** What became of one arrival. Times in ms from the beginning of the load. */
export type Arrival<T> = {
  readonly index: number;
  readonly intendedMs: number;
} & (
  | {
      readonly status: 'done';
      /** When it really started; later than intended where this machine was late, not the service. */
      readonly startMs: number;
      /** From the intended start: what a user waits who arrives then. Measured from `startMs` a stall would hide itself. */
      readonly latencyMs: number;
      readonly value: T;
    }
  | { readonly status: 'failed'; readonly startMs: number; readonly latencyMs: number; readonly cause: unknown }
  /** As many as are allowed were still running: a user who was turned away. */
  | { readonly status: 'dropped' }
  /** The load was aborted before. */
  | { readonly status: 'not-started' }
);

/** What a load is run with. */
export interface OpenLoadOptions {
  /** Requests that may run at the same time, ≥ 1. */
  readonly maxInFlight: number;
  /** Returns at the time on the clock of `now`, at once when it is past, and when aborted. */
  readonly sleepUntil: (atMs: number, signal: AbortSignal) => Promise<void>;
  /** ms on a clock that never goes back. */
  readonly now: () => number;
  /** Starts nothing more; what is running is awaited, so a task has to listen to it too. */
  readonly signal: AbortSignal;
}

/**
 * Starts a task at each intended time, whatever is still running. A task that throws is a result, not an end.
 * @param intended ms from now, ascending
 * @returns one result for each arrival, in their order, once all have ended
 */
export async function runOpenLoad<T>(
  intended: readonly number[],
  task: (index: number) => Promise<T>,
  { maxInFlight, sleepUntil, now, signal }: OpenLoadOptions,
): Promise<readonly Arrival<T>[]> {
  const beginMs = now();
  const elapsedMs = () => now() - beginMs;
  const results: Promise<Arrival<T>>[] = [];
  let inFlight = 0;
  for (const [index, intendedMs] of intended.entries()) {
    await sleepUntil(beginMs + intendedMs, signal);
    const status = signal.aborted ? 'not-started' : inFlight >= maxInFlight ? 'dropped' : 'start';
    if (status !== 'start') {
      results.push(Promise.resolve({ index, intendedMs, status }));
      continue;
    }
    inFlight += 1;
    const ended = observe({ index, intendedMs, elapsedMs, task }).finally(() => {
      inFlight -= 1;
    });
    results.push(ended);
  }
  return Promise.all(results);
}

interface Start<T> {
  readonly index: number;
  readonly intendedMs: number;
  readonly elapsedMs: () => number;
  readonly task: (index: number) => Promise<T>;
}

async function observe<T>({ index, intendedMs, elapsedMs, task }: Start<T>): Promise<Arrival<T>> {
  const startMs = elapsedMs();
  try {
    const value = await task(index);
    return { index, intendedMs, status: 'done', startMs, latencyMs: elapsedMs() - intendedMs, value };
  } catch (cause) {
    return { index, intendedMs, status: 'failed', startMs, latencyMs: elapsedMs() - intendedMs, cause };
  }
}
