import type { SpanBlock } from './span-row.ts';

/** The blocks of all sources; equal ones are kept once. */
export interface SpanBlocks {
  readonly all: readonly SpanBlock[];
  indexOf(block: SpanBlock): number;
}

export function createSpanBlocks(): SpanBlocks {
  const all: SpanBlock[] = [];
  const indices = new Map<string, number>();
  return {
    all,
    indexOf(block) {
      const key = JSON.stringify(block);
      const known = indices.get(key);
      if (known !== undefined) return known;
      indices.set(key, all.length);
      return all.push(block) - 1;
    },
  };
}
