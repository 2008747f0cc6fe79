import { RULE_FACTS, type RuleFact } from '../../contract/tool-policy.ts';
import type { Heard } from './conversation.ts';

/** Words that say yes where an answer, or a part of it, begins with them. */
const YES_FIRST =
  /^(?:(?:oh|well|so|then|and|in that case|my answer is|i said|that['’]?s a)[\s,]+)*(?:(?:yes|yeah|yep|yup|yea|aye|ok|okay|agreed|absolutely|definitely|certainly|of course|affirmative|oui|d['’]accord|ja|jawohl|einverstanden|s[íì]|sim|claro|alright|all right)(?![\p{L}'’])|sure(?! (?:you|if|that|about|whether|what|how))(?![\p{L}'’])|(?:y|correct|exactly|perfect|fine|right|confirm(?:ed)?|approved?)(?=\s*(?:$|then\b|please\b|go\b|thanks?\b|thank\b|by me\b|from (?:my|our) side\b)))/iu;

/** Words that say yes wherever they stand. */
const YES_ANYWHERE =
  /(?<![\p{L}'’])(?:yes|go ahead|go for it|proceed|please do|do it|do so|works for me|that works|i (?:do |hereby |fully |can )?(?:confirm|agree|approve|authori[sz]e|consent)|i['’]m (?:fine|good|ok|okay|happy) with (?:that|this|it)|you have my (?:approval|consent|permission|ok|okay|go-?ahead)|confirm (?:the |this |that |my )?(?:booking|reservation|cancell?ation|order|changes?|update|payment|purchase|transaction|transfer|refund|upgrade|flights?|return|exchange|modification|it|this|that)|(?:that|this|it|all|everything) ?(?:is|['’]?s|looks|sounds|works)(?: (?:all|very))? (?:right|correct|good|fine|great|perfect|ok|okay)|(?:sounds|looks) (?:right|correct|good|great|fine|perfect))(?![\p{L}'’])/iu;

/** Before a yes in the same part: it is denied, put off, or talked about. */
const TAKES_BACK =
  /(?<![\p{L}])(?:not|never|no|nor|cannot|\p{L}+n['’]t|dont|wont|cant|unless|until|before|without|if|whether|how|what|where|why|only|instead of|rather than|nicht|keine?|pas)(?![\p{L}])/iu;

/** A no that denies something else. */
const HARMLESS_NO =
  /(?<![\p{L}])(?:no|not any|not a)\s+(?:problems?|worries|issues?|objections?|concerns?|changes?|questions?|doubts?|(?:further|more|other|additional)\s+\p{L}+)(?: at all)?(?![\p{L}])/giu;

/** A part that takes back what was said before it, or puts it off. */
const NO_PART =
  /^(?:(?:actually|oh|um|hmm|sorry|but|and)\s+)*(?:no|nope|nah|wait|hold on|hang on|stop|not (?:yet|now|so fast)|never ?mind|forget (?:it|that|about it)|scratch that|on second thoughts?|don['’]?t|do not|(?:definitely|absolutely|certainly|of course|sure|surely|probably|maybe|okay?|yes|please)\s+not)(?:\s+(?:no|not|wait|please|thanks|thank you|it|that|there|now|yet|a (?:moment|second|minute|sec)|do (?:it|that)))*$/iu;

/** An answer that begins so is a no, whatever follows. */
const NO_FIRST =
  /^(?:no|nope|nah|never|stop|wait|hold on|hang on|not|(?:do not|don['’]?t)(?! worry| mind))(?![\p{L}])/iu;

/** What makes a yes one for later, or for something else. */
const CONDITION =
  /(?<![\p{L}])(?:only if|only when|only after|but only|unless|provided|as long as|on (?:the )?condition|but (?:\S+ ){0,4}first|but wait|but not (?:yet|now|until)|(?:proceed|go ahead|do it|yes|okay?|confirm\p{L}*) (?:only )?(?:if|unless|until))(?![\p{L}])/iu;

/** How a part begins that asks. */
const ASKS =
  /^(?:and |but |so |also )*(?:who|what|when|where|which|why|how|is|are|am|was|were|do|does|did|can|could|would|will|shall|should|may|might|have|has|right|correct|ok|okay)(?![\p{L}'’])/iu;

/** Whether the words of the user say yes to what was proposed; what they ask for or put off is another thing. */
export function saysYes(words: string): boolean {
  const answer = words.replace(HARMLESS_NO, ' ').replace(/^[\s\p{P}]+/u, '');
  if (NO_FIRST.test(answer)) return false;
  let isYes = false;
  for (const [sentence] of answer.matchAll(/[^.!?;\n]+[.!?;\n]*/g)) {
    const parts = saidParts(sentence);
    if (parts.some((part) => NO_PART.test(part))) isYes = false;
    else if (parts.some(isAgreement) && !CONDITION.test(sentence)) isYes = true;
  }
  return isYes;
}

/** The parts of a sentence, up to where it begins to ask. */
function saidParts(sentence: string): readonly string[] {
  const parts = sentence
    .split(/,|\s[-–—]+\s|…|(?=\bbut\b)/i)
    .map((part) => part.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, ''))
    .filter((part) => part !== '');
  if (!/\?\s*$/.test(sentence)) return parts;
  const asking = parts.findIndex((part) => ASKS.test(part));
  // A sentence that asks without beginning so asks as a whole.
  return asking === -1 ? parts.slice(0, -1).filter((part) => YES_FIRST.test(part)) : parts.slice(0, asking);
}

function isAgreement(part: string): boolean {
  const place = YES_FIRST.test(part) ? 0 : part.search(YES_ANYWHERE);
  return place !== -1 && !TAKES_BACK.test(part.slice(0, place));
}

/** The last words of the user before a call, read as an answer to what was proposed. */
export function judgeConfirmation({ last, mayLackUser }: Heard): RuleFact {
  if (last === undefined) return mayLackUser ? RULE_FACTS.unknown : RULE_FACTS.broken;
  return saysYes(last) ? RULE_FACTS.holds : RULE_FACTS.broken;
}
