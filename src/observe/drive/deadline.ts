import { setMaxListeners } from 'node:events';

/** Above it, timers fire at once: the longest that setTimeout can wait, 2^31 - 1 ms, some 24.8 days. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Whichever comes first: the end of the time, or the caller's abort. */
export interface Deadline {
  /** Aborted as soon as either comes. */
  readonly signal: AbortSignal;
  /** Resolves when either comes; never rejects, and stays open when neither does before `clear`. */
  readonly passed: Promise<void>;
  /** Which came first; undefined = neither so far. */
  cause(): 'timed-out' | 'aborted' | undefined;
  /** Frees the timer and the listener. To be called in every case. */
  clear(): void;
}

/** @param afterMs from now, ≥ 0; longer than 24 days is taken as 24 days */
export function startDeadline(outer: AbortSignal, afterMs: number): Deadline {
  const controller = new AbortController();
  let cause: 'timed-out' | 'aborted' | undefined;
  const end = (reason: 'timed-out' | 'aborted') => {
    cause ??= reason;
    controller.abort();
  };
  const passed = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const onAbort = () => end('aborted');
  // One abort ends all runs in parallel: many listeners are no leak, and Node warns from the eleventh on.
  setMaxListeners(0, outer);
  outer.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => end('timed-out'), Math.min(Math.max(0, afterMs), LONGEST_TIMER_MS));
  if (outer.aborted) onAbort();
  return {
    signal: controller.signal,
    passed,
    cause: () => cause,
    clear: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', onAbort);
    },
  };
}
