import { isAnswer } from '../../contract/drill-attempts.ts';
import { readableJson } from '../../contract/json-literals.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { ReadAnswer } from '../../observe/wire/wire-api.ts';

/** Fewer characters may stand in any answer by chance. */
const FEWEST_CHARACTERS = 8;

/** What a run shows, and what the providers sent for it. */
export interface ShownAndSent {
  /** Undefined = it shows nothing. */
  readonly answer: string | undefined;
  readonly exchanges: readonly Sent[];
}

type Sent = Pick<Exchange, 'end' | 'fault'> & { readonly answer: Pick<ReadAnswer, 'text' | 'isComplete'> };

/**
 * Whether what the run shows holds the words of an answer that the fault spoilt, more often than the answers that came
 * whole hold them: half a sentence that stands before the answer of the fallback, or alone.
 */
export function showsBrokenWords({ answer = '', exchanges }: ShownAndSent, fault: string): boolean {
  const [whole, broken] = [exchanges.filter((of) => isWhole(of, fault)), exchanges.filter((of) => !isWhole(of, fault))];
  const relied = whole.map(({ answer: { text } }) => plain(text)).join(' ');
  return broken
    .filter((exchange) => exchange.fault !== undefined)
    .map(({ answer: { text } }) => plain(text))
    .some((words) => words.length >= FEWEST_CHARACTERS && holdsMore(answer, relied, words));
}

function isWhole({ answer, end, fault: met }: Sent, fault: string): boolean {
  return isAnswer({ isComplete: answer.isComplete && end === 'clean', isFaulted: met !== undefined }, fault);
}

/** In words as they are, or as they stand in JSON. */
function holdsMore(shown: string, relied: string, words: string): boolean {
  const allowed = countOf(relied, words);
  const asJson = plain(JSON.stringify(words).slice(1, -1));
  const isIn = (text: string) => [words, asJson].some((form) => countOf(plain(text), form) > allowed);
  return isIn(shown) || isIn(readableJson(shown));
}

function countOf(text: string, words: string): number {
  return text.split(words).length - 1;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
