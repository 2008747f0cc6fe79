import { RULE_FACTS, type RuleFact } from '../../contract/tool-policy.ts';
import { isLeftOut, isOfAnotherProposal } from './agreed-values.ts';
import type { Heard } from './conversation.ts';
import { answersAnother, ordersWhatWasProposed, takesAwayAnother } from './proposal.ts';
import {
  ASKS,
  CONDITION,
  HARMLESS_NO,
  LIMITS,
  NO_FIRST,
  NO_PART,
  OTHER_WISH,
  TAKES_BACK,
  WHOLE_YES,
  YES_ANYWHERE,
  YES_FIRST,
  YES_THEN_OTHER,
} from './yes-words.ts';

/** An answer as long as this says more than yes. */
const LONGEST_WHOLE_YES = 80;

/** Whether the words of the user say yes to what was proposed; what they ask for or put off is another thing. */
export function saysYes(words: string): boolean {
  const whole = words.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  if (whole.length <= LONGEST_WHOLE_YES && WHOLE_YES.test(whole)) return true;
  const answer = whole.replace(HARMLESS_NO, ' ').trim();
  if (NO_FIRST.test(answer)) return false;
  let isYes = false;
  for (const [sentence] of words.replace(HARMLESS_NO, ' ').matchAll(/[^.!?;\n]+[.!?;\n]*/g)) {
    const parts = saidParts(sentence);
    if (parts.some(takesBack)) isYes = false;
    else if (agrees(parts) && !CONDITION.test(sentence)) isYes = true;
  }
  return isYes;
}

/** The parts of a sentence, up to where it begins to ask. */
function saidParts(sentence: string): readonly string[] {
  const parts = sentence
    .replace(/\bactually,/i, 'actually')
    .split(/,|\s[-–—]+\s|…|(?=\bbut\b)/i)
    .map((part) => part.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, ''))
    .filter((part) => part !== '');
  if (!/\?\s*$/.test(sentence)) return parts;
  const asking = parts.findIndex((part) => ASKS.test(part));
  // A sentence that asks without beginning so asks as a whole.
  return asking === -1 ? parts.slice(0, -1).filter((part) => YES_FIRST.test(part)) : parts.slice(0, asking);
}

function takesBack(part: string): boolean {
  return NO_PART.test(part) || (OTHER_WISH.test(part) && !isAgreement(part.replace(OTHER_WISH, '').trim()));
}

/** One part agrees, and none after the first that does limits it. */
function agrees(parts: readonly string[]): boolean {
  const first = parts.findIndex(isAgreement);
  return first !== -1 && !parts.slice(first + 1).some((part) => LIMITS.test(part));
}

function isAgreement(part: string): boolean {
  const place = YES_FIRST.test(part) ? 0 : part.search(YES_ANYWHERE);
  return place !== -1 && !TAKES_BACK.test(part.slice(0, place)) && !YES_THEN_OTHER.test(part);
}

/** Whether the words of the user say yes to what was asked before them; `asked`: undefined = not recorded. */
export function agreesTo(words: string, asked: string | undefined): boolean {
  const isPlain = saysYes(words) && !takesAwayAnother(words, asked);
  return isPlain ? !answersAnother(words, asked) : ordersWhatWasProposed(words, asked);
}

/** The last words of the user before a call, read as an answer to what was proposed. `args`: of the call, parsed. */
export function judgeConfirmation(args: unknown, heard: Heard): RuleFact {
  const { last, asked, mayLackUser } = heard;
  if (last === undefined) return mayLackUser ? RULE_FACTS.unknown : RULE_FACTS.broken;
  const isOfThis = agreesTo(last, asked) && !isOfAnotherProposal(args, heard) && !isLeftOut(args, heard);
  return isOfThis ? RULE_FACTS.holds : RULE_FACTS.broken;
}
