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

/**
 * Runs added between two sweeps, which drop those that no measure cites any more. Few enough that most runs die young,
 * before the garbage collector copies them; more than pays for looking through the states.
 */
const RUNS_PER_SWEEP = 128;

/**
 * Writes every run to `sink` until `limitBytes` are exceeded. In parallel it holds the runs that measures cite as
 * witnesses, so that beyond the limit those can be kept without reading the recordings a second time.
 */
export function createRunArchive(sink: LineSink, limitBytes: number, states: () => MeasureStates): RunArchive {
  let bytes = 0;
  let held: readonly Run[] = [];
  let unswept: Run[] = [];
  const sweep = (current: MeasureStates) => {
    const ids = citedRuns(current);
    held = [...held, ...unswept].filter(({ id }) => ids.has(id));
    unswept = [];
  };
  return {
    add(run) {
      if (bytes <= limitBytes) {
        const line = `${JSON.stringify(run)}\n`;
        bytes += Buffer.byteLength(line);
        if (bytes <= limitBytes) sink.write(line);
      }
      unswept.push(run);
      if (unswept.length >= RUNS_PER_SWEEP) sweep(states());
    },
    isComplete: () => bytes <= limitBytes,
    cited(final) {
      sweep(final);
      return held.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
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
