import type { CountedTokens } from '../contract/observed-run.ts';

/** The texts of one call, in clear; undefined = not recorded. */
export interface CallTexts {
  /** A function where it is long and can be put together again: it is asked when it is counted, and not kept. */
  readonly input: string | (() => string) | undefined;
  readonly output: string | undefined;
}

/**
 * Counts tokens in the texts of calls that report none. The vocabulary takes longer to load than everything else, so it
 * is loaded at the first such call; until then results are promised: they fill in when the counter is settled.
 */
export interface TokenCounter {
  /** The counts; both undefined, and filled in later, while `isWaiting`. */
  count(texts: CallTexts): CountedTokens;
  /** Whether there are counts to fill in. */
  isWaiting(): boolean;
  /** Loads the vocabulary and fills in what was promised; the texts are let go. */
  settle(): Promise<void>;
}

/** The time of the tokenizer grows faster than the length of one run of characters; each cut costs under one token. */
const CHUNK = 4_096;

/** Each call of a conversation is given all that was said before it: what begins alike is counted once. */
const MOST_CHUNKS = 1_024;

type Count = (text: string) => number;

export function createTokenCounter(): TokenCounter {
  let count: Count | undefined;
  let promised: {
    readonly texts: CallTexts;
    readonly into: { -readonly [K in keyof CountedTokens]: number | undefined };
  }[] = [];
  const countBoth = ({ input, output }: CallTexts, by: Count) => ({
    input: input === undefined ? undefined : countInChunks(typeof input === 'string' ? input : input(), by),
    output: output === undefined ? undefined : countInChunks(output, by),
  });
  return {
    count(texts) {
      if (count !== undefined) return countBoth(texts, count);
      const into = { input: undefined, output: undefined };
      promised.push({ texts, into });
      return into;
    },
    isWaiting: () => promised.length > 0,
    async settle() {
      const by = count ?? (await loadVocabulary());
      count = by;
      for (const { texts, into } of promised) Object.assign(into, countBoth(texts, by));
      promised = [];
    },
  };
}

async function loadVocabulary(): Promise<Count> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // Texts that merely mention special tokens, as READMEs do, would otherwise be refused.
  const options = { disallowedSpecial: new Set<string>() };
  return remembering((text) => countTokens(text, options));
}

function countInChunks(text: string, count: Count): number {
  let tokens = 0;
  for (let from = 0; from < text.length; from += CHUNK) tokens += count(text.slice(from, from + CHUNK));
  return tokens;
}

/** The same counts, remembered for whole chunks. */
function remembering(count: Count): Count {
  const known = new Map<string, number>();
  return (text) => {
    if (text.length < CHUNK) return count(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const tokens = count(text);
    if (known.size >= MOST_CHUNKS) known.clear();
    // A copy: a part of a text would keep the whole of it in memory.
    known.set(Buffer.from(text, 'utf16le').toString('utf16le'), tokens);
    return tokens;
  };
}
