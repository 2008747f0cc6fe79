import type { Run, ToolCall } from '../../src/contract/run.ts';
import { callKeys } from './call-arguments.ts';

/** How a run repeats itself in its tool calls. */
export interface Repetition {
  /** Most calls of one tool with the same arguments. */
  readonly identical: number;
  /** Most rounds in which the same two or three calls follow each other in turn. */
  readonly rounds: number;
  readonly calls: number;
  /** Calls whose tool or whole arguments are not recorded: they may repeat others. */
  readonly unknown: number;
  /** The call that repeats most often, at its last time. */
  readonly worst: ToolCall | undefined;
  /** The tools of the longest cycle, in code unit order; undefined = there is no cycle. */
  readonly cycle: readonly string[] | undefined;
}

const CYCLE_LENGTHS = [2, 3] as const;

export function repetitionOf({ steps }: Pick<Run, 'steps'>): Repetition {
  const calls = steps.filter((step) => step.type === 'tool');
  const known = callKeys(calls);
  const keys = known.map((key, i) => key ?? `?${i}`);
  const counts = new Map<string, number>();
  let [identical, worst]: [number, ToolCall | undefined] = [0, undefined];
  for (const [i, key] of keys.entries()) {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > identical) [identical, worst] = [count, calls[i]];
  }
  const cycles = CYCLE_LENGTHS.map((length) => longestCycle(keys, length));
  const longest = cycles.reduce((most, cycle) => (cycle.rounds > most.rounds ? cycle : most));
  const tools = calls.slice(longest.end - longest.length, longest.end).map(({ tool }) => tool ?? '');
  return {
    identical,
    rounds: longest.rounds,
    calls: calls.length,
    unknown: known.filter((key) => key === undefined).length,
    worst,
    cycle: longest.rounds === 0 ? undefined : [...new Set(tools)].toSorted((a, b) => (a < b ? -1 : 1)),
  };
}

interface Cycle {
  readonly rounds: number;
  readonly length: number;
  /** Position after its last call. */
  readonly end: number;
}

/** Most whole turns of a cycle of this length: A-B-A-B are two of length two. One call alone is no cycle. */
function longestCycle(keys: readonly string[], length: number): Cycle {
  let [rounds, end, repeated] = [0, 0, 0];
  for (let i = length; i < keys.length; i++) {
    repeated = keys[i] === keys[i - length] ? repeated + 1 : 0;
    const turns = Math.floor(repeated / length) + 1;
    const isOneCall = keys[i] === keys[i - 1];
    if (!isOneCall && repeated >= length && turns > rounds) [rounds, end] = [turns, i + 1];
  }
  return { rounds, length, end };
}
