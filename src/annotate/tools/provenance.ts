import { argumentPath, isRecord, scalarsIn } from '../../contract/argument-path.ts';
import { type Origin, RULE_FACTS, type RuleFact, type ToolRule } from '../../contract/tool-policy.ts';
import { cameFrom } from './came-from.ts';
import { agreesTo } from './confirmation.ts';
import type { Heard } from './conversation.ts';
import { mailboxesIn } from './mailboxes.ts';
import { arePairedOtherwise } from './other-pair.ts';
import { isDateOrTime, saysRelativeDay } from './said-dates.ts';
import { isMemberOf, occursIn, type SaidText, saidText } from './said-text.ts';

type ProvenanceRule = Extract<ToolRule, { readonly kind: 'provenance' }>;

/** Judges where values came from. `args`: parsed, redacted as the texts are; undefined = not known. */
export type JudgeOrigin = (args: unknown, heard: Heard) => RuleFact;

/**
 * A value holds when one of the origins said it before the call; with `beside`, in one sentence or record together with
 * the values of those arguments, so that a value mentioned for another purpose does not count.
 */
export function judgeProvenance(
  rule: ProvenanceRule,
  { untrusted, redact }: { readonly untrusted: ReadonlySet<string>; readonly redact: (text: string) => string },
): JudgeOrigin {
  const read = argumentPath(rule.arg);
  const origins = rule.from.map((origin) => knownOrigin(origin, redact));
  const beside = rule.beside.map(argumentPath);
  const asksUser = rule.from.some(({ type }) => type === 'user');
  return (args, heard) => {
    if (!isRecord(args)) return RULE_FACTS.unknown;
    const values = valuesOf(read(args));
    if (values.length === 0) return RULE_FACTS.absent;
    const others = beside.map((readOther) => valuesOf(readOther(args)));
    // What the call lacks cannot have been said together with the value.
    if (others.some((found) => found.length === 0)) return RULE_FACTS.unknown;
    const isFound = (value: string) => origins.some((origin) => isSaid(origin, [value, ...others.flat()], heard));
    const isAgreed = (value: string) => asksUser && isAgreedTo([value, ...others.flat()], heard);
    // Of a list of addresses that nobody said as a whole, each must have been said.
    const parts = values.flatMap((value) => (isFound(value) ? [value] : (mailboxesIn(value) ?? [value])));
    const facts = parts.map((value) => {
      if (isFound(value)) return RULE_FACTS.holds;
      const isOfStrangers = cameFrom(value, heard, untrusted) === 'strangers';
      if (!isOfStrangers && isAgreed(value)) return RULE_FACTS.holds;
      if (origins.some((origin) => maySay(origin, value, heard))) return RULE_FACTS.unknown;
      return isOfStrangers ? RULE_FACTS.untrusted : RULE_FACTS.unnamed;
    });
    return worstOf(facts);
  };
}

/** An origin with the entries of a list as arguments have them: redacted, however they are written. */
type KnownOrigin =
  | Exclude<Origin, { readonly type: 'list' }>
  | { readonly type: 'list'; readonly values: ReadonlySet<string> };

function knownOrigin(origin: Origin, redact: (text: string) => string): KnownOrigin {
  if (origin.type !== 'list') return origin;
  return { type: 'list', values: new Set(origin.values.map((listed) => listKey(redact(listed)))) };
}

function listKey(value: string): string {
  return value.trim().replace(/\s+/g, ' ').toLowerCase();
}

function isSaid(origin: KnownOrigin, together: readonly string[], { user, answers }: Heard): boolean {
  const [value = ''] = together;
  switch (origin.type) {
    case 'list':
      return origin.values.has(listKey(value));
    case 'user':
      return user.some((said) => saysTogether(together, said));
    case 'tool':
      return answers.some(
        ({ tool, said, asked, hasFailed }) =>
          tool === origin.tool &&
          !hasFailed &&
          said !== undefined &&
          saysTogether(together, said) &&
          // As a value of a record it was found; in a sentence it may be what was asked for, said back.
          (!occursIn(value, asked) || isMemberOf(value, said)),
      );
  }
}

function saysTogether([value = '', ...others]: readonly string[], said: SaidText): boolean {
  const saysAll = (text: SaidText) => occursIn(value, text) && others.every((other) => occursIn(other, text));
  const isOnePair = (text: SaidText) => others.every((other) => !arePairedOtherwise(value, other, text));
  return saysAll(said) && (others.length === 0 || said.units().some((unit) => saysAll(unit) && isOnePair(unit)));
}

/** Whether the user said yes to a proposal that names the values, such as a sum that the model computed. */
function isAgreedTo(together: readonly string[], { asked, last }: Heard): boolean {
  if (asked === undefined || last === undefined || !agreesTo(last, asked)) return false;
  return saysTogether(together, saidText(asked));
}

/** Whether an origin may have said it without the recording showing it, or said `tomorrow`. */
function maySay(origin: KnownOrigin, value: string, { user, mayLackUser, answers }: Heard): boolean {
  const isMeant = (said: SaidText) => isDateOrTime(value.trim()) && saysRelativeDay(said.text);
  switch (origin.type) {
    case 'list':
      return false;
    case 'user':
      return mayLackUser || user.some(isMeant);
    case 'tool':
      return answers.some(({ tool, said }) => tool === origin.tool && (said === undefined || isMeant(said)));
  }
}

/** Texts and numbers; truth values and empty texts come from nowhere. */
function valuesOf(found: readonly unknown[]): readonly string[] {
  return found.flatMap(scalarsIn).filter((value) => value.trim() !== '' && value !== 'true' && value !== 'false');
}

const BY_GRAVITY = [RULE_FACTS.untrusted, RULE_FACTS.unnamed, RULE_FACTS.unknown];

function worstOf(facts: readonly RuleFact[]): RuleFact {
  return BY_GRAVITY.find((fact) => facts.includes(fact)) ?? RULE_FACTS.holds;
}
