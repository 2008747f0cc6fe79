import { RULE_FACTS, type RuleFact } from '../../contract/tool-policy.ts';
import type { Heard } from './conversation.ts';

/** Words that say yes. */
const YES =
  /(?<![\p{L}'’])(?:yes|yeah|yep|yup|sure|ok|okay|agreed?|absolutely|definitely|of course|correct|exactly|perfect|go ahead|proceed|please do|do it|do so|confirm(?:ed)?|approved?|(?:that|this|it|all|everything) (?:is|'s|’s|looks|sounds|works?)(?: (?:all|very))? (?:right|correct|good|fine|great|perfect)|sounds (?:good|great|fine|perfect)|looks (?:good|great|fine)|that(?:'|’)?s (?:right|correct|fine|good|great|perfect)|works for me)(?![\p{L}])/iu;

/** Words that take a yes back, or put it off. */
const NO =
  /(?<![\p{L}])(?:(?:do not|don['’]?t|does not|doesn['’]?t|did not|didn['’]?t|cannot|can['’]?t|will not|won['’]?t|would not|wouldn['’]?t|not|never|before (?:i|you|we)) (?:\p{L}+ ){0,2}(?:confirm|approve|agree|proceed|go ahead|do (?:it|that|this)|want (?:that|this|it|to proceed)|ok|okay|correct|right)|not (?:yet|now)|no,|nope|hold on|wait(?! ?list)|stop|never mind)(?![\p{L}])/iu;

/** A request is no answer: `could we proceed with the other flight?` */
const REQUEST = /(?<![\p{L}])(?:can|could|would|will|may) (?:you|we|i)(?![\p{L}])[^.!?]*\?/giu;

/** An answer that begins so is a no, whatever follows. */
const REFUSAL = /^[\s\p{P}]*(?:no|nope|stop|wait|hold on|not (?:yet|now))(?![\p{L}])/iu;

/** Whether a sentence of the user says yes to what was proposed; what another sentence asks for or puts off is another thing. */
function saysYes(words: string): boolean {
  const answer = words.replace(REQUEST, ' ');
  const sentences = answer.split(/(?<=[.!?;])\s+|\n+/);
  return !REFUSAL.test(answer) && sentences.some((sentence) => YES.test(sentence) && !NO.test(sentence));
}

/** The last words of the user before a call, read as an answer to what was proposed. */
export function judgeConfirmation({ last, mayLackUser }: Heard): RuleFact {
  if (last === undefined) return mayLackUser ? RULE_FACTS.unknown : RULE_FACTS.broken;
  return saysYes(last) ? RULE_FACTS.holds : RULE_FACTS.broken;
}
