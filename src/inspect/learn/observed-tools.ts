import { type LearnedArgument, type LearnedTool, unknownTool } from '../../contract/learned-tool.ts';
import type { Run } from '../../contract/run.ts';

/** Collects what runs show of tools, in bounded memory. */
export interface ToolObserver {
  add(run: Run): void;
  /** By name, in the order of the code units. */
  finish(): readonly LearnedTool[];
}

const [MOST_TOOLS, MOST_ARGUMENTS, MOST_VALUES, LONGEST_VALUE] = [1_000, 100, 5, 40];

/** What redaction leaves in place of a value. */
const REDACTED = /\[[a-z-]+:[0-9a-f]{8}\]/;

interface Seen {
  calls: number;
  human: number;
  other: number;
  readonly args: Map<string, SeenArgument>;
}

interface SeenArgument {
  calls: number;
  /** Whether a text was a secret or personal: its length and its words are none of the original. */
  isRedacted: boolean;
  readonly types: Set<string>;
  readonly values: Set<string>;
  range: readonly [number, number] | undefined;
  longest: number | undefined;
}

export function createToolObserver(): ToolObserver {
  const tools = new Map<string, Seen>();
  const seenOf = (name: string): Seen | undefined => {
    if (!tools.has(name) && tools.size < MOST_TOOLS) tools.set(name, { calls: 0, human: 0, other: 0, args: new Map() });
    return tools.get(name);
  };
  return {
    add({ steps }) {
      for (const step of steps) {
        // What is only offered is a tool of the agent too.
        if (step.type === 'model') for (const name of step.offeredTools ?? []) seenOf(name);
        const seen = (step.type === 'tool' || step.type === 'approval') && step.tool ? seenOf(step.tool) : undefined;
        if (seen === undefined) continue;
        if (step.type === 'tool') addCall(seen, step.args);
        else if (step.type === 'approval' && step.by === 'human') seen.human += 1;
        else seen.other += 1;
      }
    },
    finish: () =>
      [...tools]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { calls, human, other, args }]) => ({
          ...unknownTool(name),
          calls,
          approvals: { human, other },
          args: Object.fromEntries([...args].map(([arg, seen]) => [arg, toArgument(seen)])),
        })),
  };
}

function addCall(seen: Seen, args: string | undefined): void {
  seen.calls += 1;
  for (const [name, value] of Object.entries(argumentsIn(args))) {
    const known = seen.args.get(name);
    if (known === undefined && seen.args.size >= MOST_ARGUMENTS) continue;
    const arg = known ?? {
      calls: 0,
      isRedacted: false,
      types: new Set<string>(),
      values: new Set<string>(),
      range: undefined,
      longest: undefined,
    };
    seen.args.set(name, arg);
    addValue(arg, value);
  }
}

/** Arguments that were shortened, or are no object, say nothing. */
function argumentsIn(args: string | undefined): Readonly<Record<string, unknown>> {
  if (args === undefined) return {};
  try {
    const value: unknown = JSON.parse(args);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

function addValue(arg: SeenArgument, value: unknown): void {
  arg.calls += 1;
  arg.types.add(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
  if (typeof value === 'number') {
    const [low, high] = arg.range ?? [value, value];
    arg.range = [Math.min(low, value), Math.max(high, value)];
  }
  if (typeof value !== 'string') return;
  if (REDACTED.test(value)) arg.isRedacted = true;
  arg.longest = Math.max(arg.longest ?? 0, value.length);
  if (arg.values.size <= MOST_VALUES) arg.values.add(value);
}

/** Few values that came often are a list; a value that was redacted is none that a rule could name. */
function toArgument({ calls, types, values, range, longest, isRedacted }: SeenArgument): LearnedArgument {
  const all = [...values].sort();
  const isList =
    !isRedacted &&
    types.size === 1 &&
    types.has('string') &&
    all.length <= MOST_VALUES &&
    calls >= 3 * all.length &&
    all.every((value) => value.length <= LONGEST_VALUE);
  return {
    types: [...types].sort(),
    calls,
    range,
    longest: isRedacted ? undefined : longest,
    values: isList ? all : undefined,
  };
}
