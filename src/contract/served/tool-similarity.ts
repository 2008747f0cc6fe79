import type { LockedTool } from './served-tools.ts';
import { argumentsOf, memberOf, objectOf } from './tool-schema.ts';

/** Two tools of one server, one gone and one new, that are the same under another name. */
export interface Renaming {
  readonly from: LockedTool;
  readonly to: LockedTool;
  /** 0–1. */
  readonly similarity: number;
}

/** Below this two tools are different ones: their arguments and words agree by no more than chance. */
const LEAST_SIMILARITY = 0.6;
/** Pairs that are compared word by word; above it only equal arguments make a pair. */
const MOST_PAIRS = 40_000;

/** Pairs each gone tool with the new one that is most like it, most similar pairs first, no tool twice. */
export function pairRenamed(gone: readonly LockedTool[], added: readonly LockedTool[]): Renaming[] {
  const isLarge = gone.length * added.length > MOST_PAIRS;
  const pairs = isLarge ? equalArguments(gone, added) : similarPairs(gone, added);
  const taken = new Set<LockedTool>();
  return pairs.filter(({ from, to }) => {
    if (taken.has(from) || taken.has(to)) return false;
    taken.add(from).add(to);
    return true;
  });
}

function similarPairs(gone: readonly LockedTool[], added: readonly LockedTool[]): Renaming[] {
  const traits = new Map([...gone, ...added].map((tool) => [tool, traitsOf(tool)]));
  const pairs = gone.flatMap((from) =>
    added.map((to) => ({ from, to, similarity: similarity(traits.get(from), traits.get(to)) })),
  );
  return pairs.filter((pair) => pair.similarity >= LEAST_SIMILARITY).sort(compare);
}

function compare(a: Renaming, b: Renaming): number {
  const names = (pair: Renaming) => `${pair.from.name}\0${pair.to.name}`;
  return b.similarity - a.similarity || (names(a) < names(b) ? -1 : 1);
}

function equalArguments(gone: readonly LockedTool[], added: readonly LockedTool[]): Renaming[] {
  const bySchema = new Map<string, LockedTool[]>();
  for (const tool of added) {
    const schema = tool.fields['inputSchema'];
    if (schema === undefined || argumentsOf(tool.definition).length === 0) continue;
    const same = bySchema.get(schema);
    if (same === undefined) bySchema.set(schema, [tool]);
    else same.push(tool);
  }
  return gone.flatMap((from) => {
    const to = bySchema.get(from.fields['inputSchema'] ?? '')?.shift();
    return to === undefined ? [] : [{ from, to, similarity: 1 }];
  });
}

interface Traits {
  readonly args: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly nameParts: ReadonlySet<string>;
}

function traitsOf({ name, definition }: LockedTool): Traits {
  const { description } = definition;
  return {
    args: new Set(
      argumentsOf(definition).map(([arg, schema]) => `${arg}:${JSON.stringify(memberOf(objectOf(schema), 'type'))}`),
    ),
    words: wordsIn(typeof description === 'string' ? description : ''),
    nameParts: wordsIn(name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')),
  };
}

/** In lower case; the beginning of a long text is enough to know it again. */
function wordsIn(text: string): ReadonlySet<string> {
  return new Set(
    text
      .slice(0, 4_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  );
}

/** Arguments count most; tools without any are known by their words alone. */
function similarity(a: Traits | undefined, b: Traits | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const parts = [
    { weight: a.args.size + b.args.size === 0 ? 0 : 5, share: overlap(a.args, b.args) },
    { weight: a.words.size + b.words.size === 0 ? 0 : 3, share: overlap(a.words, b.words) },
    { weight: 2, share: overlap(a.nameParts, b.nameParts) },
  ];
  const all = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.reduce((sum, { weight, share }) => sum + weight * share, 0) / all;
}

/** Shared members to all members, 0–1. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  const shared = [...a].filter((member) => b.has(member)).length;
  return shared / (a.size + b.size - shared);
}
