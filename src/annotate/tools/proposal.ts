import {
  ASKS_TRUTH,
  ASKS_WHETHER,
  CHANGES,
  CONDITION,
  OFFERS_TO_LOOK,
  ORDER_FIRST,
  ORDERS,
  PROPOSES,
  TAKES_AWAY,
  TAKES_BACK,
  WANTS_FACTS,
} from './yes-words.ts';

/**
 * Whether a plain yes answers a request for facts or an offer to look, and nothing else was proposed; words that order
 * something stand for themselves. `asked`: what the model had said before; undefined = not recorded.
 */
export function answersAnother(words: string, asked: string | undefined): boolean {
  if (asked === undefined || ORDERS.test(words)) return false;
  const sentences = sentencesOf(asked);
  const offered = sentences.filter((sentence) => OFFERS_TO_LOOK.test(sentence) && !CHANGES.test(sentence));
  const isAsked = WANTS_FACTS.test(asked) || sentences.some((sentence) => ASKS_WHETHER.test(sentence));
  if (offered.length === 0 && !isAsked) return false;
  return !sentences.some((said) => !offered.includes(said) && PROPOSES.test(said) && !ASKS_TRUTH.test(said));
}

/** Whether a user takes something away that the proposal did not speak of taking away: `Cancel that` ends a refund. */
export function takesAwayAnother(words: string, asked: string | undefined): boolean {
  const [, verb] = TAKES_AWAY.exec(words) ?? [];
  if (verb === undefined || asked === undefined) return false;
  return !asked.toLowerCase().includes(verb.toLowerCase().slice(0, 6));
}

/** An order longer than this says more than the proposal did. */
const LONGEST_ORDER = 200;
/** Words that add nothing to an order. */
const COURTESIES: ReadonlySet<string> = new Set(
  'please now then thanks thank you for me my your it that this the a to and just great perfect good so ok okay alright right away'.split(
    ' ',
  ),
);

/** Whether all the user says is an order in words of a proposal that left nothing open: `Please process the refund.` */
export function ordersWhatWasProposed(words: string, asked: string | undefined): boolean {
  if (asked === undefined || words.length > LONGEST_ORDER) return false;
  if (WANTS_FACTS.test(asked) || !PROPOSES.test(asked)) return false;
  const proposed = new Set(wordsOf(asked));
  const orders = sentencesOf(words);
  return orders.length > 0 && orders.every((order) => isOrder(order) && isAmong(wordsOf(order), proposed));
}

function isOrder(sentence: string): boolean {
  const isAsked = /\?\s*$/.test(sentence);
  return ORDER_FIRST.test(sentence) && !isAsked && !TAKES_BACK.test(sentence) && !CONDITION.test(sentence);
}

function isAmong(words: readonly string[], proposed: ReadonlySet<string>): boolean {
  return words.every((word) => proposed.has(word) || COURTESIES.has(word));
}

function sentencesOf(text: string): readonly string[] {
  return (text.match(/[^.!?\n]+[.!?\n]*/g) ?? []).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
