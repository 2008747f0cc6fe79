import { numberOf } from './argument-operators.ts';
import { occursIn, type SaidText, saidText } from './said-text.ts';

/** Where a sentence goes on to the next of several operations. */
const BETWEEN_CLAUSES = /[,;]\s+(?:and\s+|then\s+)?|\s(?:and|then|plus|as well as|while|whereas|&)\s/i;
/** What was redacted, and words, names and numbers with the signs within them. */
const TOKENS = /\[[a-z-]+:[^\]\s]+\]|[\p{L}\p{N}](?:[\p{L}\p{N}_.,@:/+-]*[\p{L}\p{N}])?/giu;

/**
 * Whether a sentence that names both values names them in different clauses, each beside another value like its partner:
 * `Pay 120 to ACC-1 and 300 to ACC-2` pays neither 300 to ACC-1 nor 120 to ACC-2.
 */
export function arePairedOtherwise(value: string, other: string, sentence: SaidText): boolean {
  const clauses = sentence.text.split(BETWEEN_CLAUSES).map(saidText);
  if (clauses.length < 2 || clauses.some((clause) => occursIn(value, clause) && occursIn(other, clause))) return false;
  return holdsRival(value, other, clauses) && holdsRival(other, value, clauses);
}

/** Whether a clause with one value holds another that is written like its partner. */
function holdsRival(value: string, partner: string, clauses: readonly SaidText[]): boolean {
  const shape = shapeOf(partner);
  if (shape === undefined) return false;
  return clauses.some((clause) => {
    if (!occursIn(value, clause)) return false;
    const tokens = clause.text.match(TOKENS) ?? [];
    return tokens.some((token) => shapeOf(token) === shape && !occursIn(token, saidText(`${value} ${partner}`)));
  });
}

/** How a value is written; undefined for words, of which every sentence is full. */
function shapeOf(token: string): string | undefined {
  const [, kind] = /^\[([a-z-]+):/i.exec(token) ?? [];
  if (kind !== undefined) return `[${kind.toLowerCase()}]`;
  if (numberOf(token.replaceAll(',', '')) !== undefined) return '9';
  return /\p{N}/u.test(token) ? token.replace(/\p{L}+/gu, 'a').replace(/\p{N}+/gu, '9') : undefined;
}
