import type { Run } from '../contract/run.ts';
import type { MeasureStates } from '../engine/reduce.ts';

/** Where serialised runs go; see the bundle's file writer. */
export interface LineSink {
  write(text: string): void;
}

/** What the bundle keeps of the runs: all of them, or beyond the size limit the cited ones. */
export interface RunArchive {
  add(run: Run): void;
  /** Runs cited by the final states, in the order of their ids; only needed when `isComplete()` is false. */
  cited(states: MeasureStates): readonly Run[];
  isComplete(): boolean;
}

/** Fewest runs held before those that no measure cites any more are dropped. */
const FIRST_SWEEP = 4_000;

/**
 * Writes every run to `sink` until `limitBytes` are exceeded. In parallel it holds the runs that measures cite as
 * witnesses, so that beyond the limit those can be kept without reading the recordings a second time.
 */
export function createRunArchive(sink: LineSink, limitBytes: number, states: () => MeasureStates): RunArchive {
  let bytes = 0;
  let held = new Map<string, Run>();
  let sweepAt = FIRST_SWEEP;
  return {
    add(run) {
      if (bytes <= limitBytes) {
        const line = `${JSON.stringify(run)}\n`;
        bytes += Buffer.byteLength(line);
        if (bytes <= limitBytes) sink.write(line);
      }
      held.set(run.id, run);
      if (held.size < sweepAt) return;
      held = pick(held, citedRuns(states()));
      sweepAt = Math.max(FIRST_SWEEP, 2 * held.size);
    },
    isComplete: () => bytes <= limitBytes,
    cited: (final) => [...pick(held, citedRuns(final)).values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function pick(held: ReadonlyMap<string, Run>, ids: ReadonlySet<string>): Map<string, Run> {
  return new Map([...held].filter(([id]) => ids.has(id)));
}

/** Ids of the runs that any evidence reference inside the states names. */
function citedRuns(states: unknown): Set<string> {
  const ids = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('pointer' in value && 'run' in value && typeof value.run === 'string') ids.add(value.run);
    for (const member of Object.values(value)) visit(member);
  };
  visit(states);
  return ids;
}
