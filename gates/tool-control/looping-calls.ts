import type { Run, ToolCall } from '../../src/contract/run.ts';

/** How a run repeats itself in its tool calls. */
export interface Repetition {
  /** Most calls of one tool with the same arguments. */
  readonly identical: number;
  /** Most rounds in which the same two or three different calls follow each other in turn. */
  readonly rounds: number;
  readonly calls: number;
  /** Calls whose arguments are not recorded: they may repeat others. */
  readonly unknown: number;
  /** The call that repeats most often, at its last time. */
  readonly worst: ToolCall | undefined;
}

const CYCLE_LENGTHS = [2, 3] as const;

export function repetitionOf({ steps }: Pick<Run, 'steps'>): Repetition {
  const calls = steps.filter((step) => step.type === 'tool');
  const keys = calls.map(({ tool, args }, i) => (args === undefined ? `?${i}` : `${tool}\n${args}`));
  const counts = new Map<string, number>();
  let [identical, worst]: [number, ToolCall | undefined] = [0, undefined];
  for (const [i, key] of keys.entries()) {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > identical) [identical, worst] = [count, calls[i]];
  }
  const rounds = Math.max(0, ...CYCLE_LENGTHS.map((length) => roundsOf(keys, length)));
  return {
    identical,
    rounds,
    calls: calls.length,
    unknown: calls.filter(({ args }) => args === undefined).length,
    worst,
  };
}

/** Most whole turns of a cycle of this length: A-B-A-B are two of length two. One call alone is no cycle. */
function roundsOf(keys: readonly string[], length: number): number {
  let [most, repeated] = [0, 0];
  for (let i = length; i < keys.length; i++) {
    repeated = keys[i] === keys[i - length] ? repeated + 1 : 0;
    const isOneCall = keys[i] === keys[i - 1];
    if (!isOneCall && repeated >= length) most = Math.max(most, Math.floor(repeated / length) + 1);
  }
  return most;
}
