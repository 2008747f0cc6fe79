import type { DrillAttempt, DrillRun, Drills } from '../../src/contract/drill-run.ts';
import { addDuration, type Durations, emptyDurations } from './durations.ts';

/** Faults that hold an answer back: who waits for it without a limit waits for ever, or for minutes. */
const STALLS = ['header-stall', 'slow-ttfb', 'stream-stall', 'stream-stall-keepalive', 'slow-drip'];

/** How long the workload waited in drills. */
export interface DrilledWaits {
  /** For answers that a fault held back, each until its caller left or asked elsewhere. */
  readonly model: Durations;
  /** Whole runs in which a request met a fault. */
  readonly run: Durations;
  /** Calls that never got their answer and were given up by the workload itself. */
  readonly givenUp: number;
}

export function drilledWaits(drills: Drills | undefined): DrilledWaits {
  const waits = { model: emptyDurations(), run: emptyDurations(), givenUp: 0 };
  for (const run of drills?.runs ?? []) {
    if (run.ending === 'not-started' || run.faulted === 0) continue;
    addDuration(waits.run, run);
    if (!STALLS.includes(run.fault)) continue;
    for (const attempt of run.attempts.filter(({ isFaulted }) => isFaulted)) {
      addDuration(waits.model, { durationMs: waitOf(attempt, run), ref: run.ref });
      if (!attempt.isComplete && run.ending !== 'timed-out') waits.givenUp += 1;
    }
  }
  return waits;
}

/** Code may leave a call open and go on: it has waited until its next request. */
function waitOf({ atMs, durationMs }: DrillAttempt, { attempts }: DrillRun): number {
  const next = Math.min(...attempts.filter((other) => other.atMs > atMs).map((other) => other.atMs));
  return Math.min(durationMs, next - atMs);
}
