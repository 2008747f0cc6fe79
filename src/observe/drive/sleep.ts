import { startDeadline } from './deadline.ts';

/** Waits for the time, or until aborted; never rejects. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const deadline = startDeadline(signal, ms);
  await deadline.passed;
  deadline.clear();
}
