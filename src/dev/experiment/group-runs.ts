import type { LengthRecord } from './read-calls.ts';

/** Prices of the experiment in nano-USD per token. */
export interface ExperimentPrices {
  readonly input: number;
  readonly output: number;
  /** For the part of the prompt that an earlier call had too; undefined = no cache. */
  readonly cacheRead: number | undefined;
}

/** Tokens of one block of a prompt (Mooncake trace). */
const BLOCK_TOKENS = 512;
/** Calls that share fewer blocks than this share a system prompt, not a conversation. */
const FEWEST_BLOCKS = 2;

export interface PricedRuns {
  /** The calls of every run, by their cost in nano-USD. */
  readonly runs: readonly (readonly number[])[];
  /** How calls were joined to runs. */
  readonly joinedBy: 'column' | 'prompt prefix' | 'nothing';
}

/**
 * Prices every call and joins calls to runs: by their column, else by the prompts: a call goes on with the run of the
 * longest earlier prompt, of at least two blocks, that its own begins with; the last block of a prompt was not full then
 * and does not count. Without either, every call is a run.
 */
export function groupRuns(calls: readonly LengthRecord[], prices: ExperimentPrices): PricedRuns {
  const prompts = createPrompts();
  const runs = new Map<string, number[]>();
  const hasColumn = calls.some(({ run }) => run !== undefined);
  const hasBlocks = calls.some(({ blocks }) => blocks !== undefined);
  for (const [index, { input, output, run, blocks }] of calls.entries()) {
    const cached = prices.cacheRead === undefined ? 0 : Math.min(input, prompts.known(blocks ?? []) * BLOCK_TOKENS);
    const cost = Math.round(
      (input - cached) * prices.input + cached * (prices.cacheRead ?? 0) + output * prices.output,
    );
    const id = (hasColumn ? run : prompts.continued(blocks ?? [])) ?? `call ${index}`;
    prompts.add(blocks ?? [], id);
    runs.set(id, [...(runs.get(id) ?? []), cost]);
  }
  const joinedBy = hasColumn ? 'column' : hasBlocks ? 'prompt prefix' : 'nothing';
  return { runs: [...runs.values()], joinedBy };
}

interface Prompts {
  /** Blocks at the beginning that an earlier prompt had too. */
  known(blocks: readonly number[]): number;
  /** The run that a prompt goes on with; undefined = none. */
  continued(blocks: readonly number[]): string | undefined;
  add(blocks: readonly number[], run: string): void;
}

/** Hashes are chained: that of a block stands for everything up to it. */
function createPrompts(): Prompts {
  const seen = new Set<number>();
  const runOfEnd = new Map<number, string>();
  return {
    known: (blocks) => blocks.findLastIndex((hash) => seen.has(hash)) + 1,
    continued(blocks) {
      const end = blocks.findLast((hash, i) => i + 1 >= FEWEST_BLOCKS && runOfEnd.has(hash));
      return end === undefined ? undefined : runOfEnd.get(end);
    },
    add(blocks, run) {
      for (const hash of blocks) seen.add(hash);
      const end = blocks.at(-2);
      if (end !== undefined) runOfEnd.set(end, run);
    },
  };
}
