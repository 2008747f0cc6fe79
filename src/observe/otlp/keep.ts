import { changeJsonTexts } from '../../contract/json-literals.ts';
import { secretKind } from '../../contract/secret-token.ts';

/** Longest text or arguments kept of one step, in UTF-16 units. */
const MAX_CONTENT = 2_000;
/** Longest words of a user or a tool kept while a run is assembled. */
const MAX_WORDS = 50_000;
/** Longest name, id or error type kept. */
const MAX_LABEL = 200;
/** Labels are few per recording; past this many they are not, and remembering them costs more than it saves. */
const MAX_REMEMBERED = 10_000;

/** What may leave a recording: redacted first, then shortened, so that no half of a secret is left at the cut. */
export interface Keep {
  /** Names, ids, error types: many spans, few values. */
  label(text: string | undefined): string | undefined;
  labels(texts: readonly string[] | undefined): readonly string[] | undefined;
  /** Texts, arguments: each value once. */
  content(text: string | undefined): string | undefined;
  /** What users and tools said, for as long as the run is assembled. */
  words(text: string | undefined): string | undefined;
  /** Kind of a secret in a text of which nothing is kept; undefined = none of a known form. */
  secret(text: string | undefined): string | undefined;
}

export function createKeep(redact: (text: string) => string): Keep {
  const labels = new Map<string, string>();
  function labelOf(text: string): string {
    const known = labels.get(text);
    if (known !== undefined) return known;
    if (labels.size >= MAX_REMEMBERED) labels.clear();
    const label = ownText(shortened(redact(text), MAX_LABEL));
    labels.set(ownText(text), label);
    return label;
  }
  return {
    label: (text) => (text === undefined ? undefined : labelOf(text)),
    labels: (texts) => texts?.map(labelOf),
    words: (text) => (text === undefined ? undefined : ownText(shortened(changeJsonTexts(text, redact), MAX_WORDS))),
    secret: (text) => (text === undefined ? undefined : secretKind(changeJsonTexts(text, redact))),
    content: (text) =>
      text === undefined ? undefined : ownText(shortened(changeJsonTexts(text, redact), MAX_CONTENT)),
  };
}

/**
 * The same text in memory of its own: a piece cut from a chunk of the recording would keep the whole chunk alive.
 * Joined and read once, the engine has copied it.
 */
export function ownText(text: string): string {
  const joined = `${text.slice(0, 1)}${text.slice(1)}`;
  return joined.charCodeAt(0) >= 0 ? joined : '';
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Half a surrogate pair is not text any more.
  const isHighHalf = /[\uD800-\uDBFF]/.test(text.charAt(limit - 2));
  return `${text.slice(0, limit - (isHighHalf ? 2 : 1))}…`;
}
