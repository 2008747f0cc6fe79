import type { CountedTokens } from '../contract/observed-run.ts';

/** The texts of one call, in clear; undefined = not recorded. */
export interface CallTexts {
  readonly input: string | undefined;
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

type Count = (text: string) => number;

export function createTokenCounter(): TokenCounter {
  let count: Count | undefined;
  let promised: {
    readonly texts: CallTexts;
    readonly into: { -readonly [K in keyof CountedTokens]: number | undefined };
  }[] = [];
  const countBoth = (texts: CallTexts, by: Count) => ({
    input: texts.input === undefined ? undefined : countInChunks(texts.input, by),
    output: texts.output === undefined ? undefined : countInChunks(texts.output, by),
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
  return (text) => countTokens(text, options);
}

function countInChunks(text: string, count: Count): number {
  let tokens = 0;
  for (let from = 0; from < text.length; from += CHUNK) tokens += count(text.slice(from, from + CHUNK));
  return tokens;
}
