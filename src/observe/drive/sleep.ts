import { startDeadline } from './deadline.ts';

/** Waits for the time, or until aborted; never rejects. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const deadline = startDeadline(signal, ms);
  await deadline.passed;
  deadline.clear();
}

/** Waits for a time on a clock, and never comes back before it unless aborted; never rejects. */
export function sleeperOn(now: () => number): (atMs: number, signal: AbortSignal) => Promise<void> {
  return async (atMs, signal) => {
    // Timers of whole ms may fire a moment early.
    while (!signal.aborted && now() < atMs) await sleep(Math.max(1, Math.ceil(atMs - now())), signal);
  };
}
