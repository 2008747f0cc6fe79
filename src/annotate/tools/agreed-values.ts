import type { Heard } from './conversation.ts';
import { type Identifiers, identifiersIn, identifiersOf } from './identifiers.ts';
import { occursIn, saidText } from './said-text.ts';
import { LEAVES_CHOICE, LEAVES_OUT } from './yes-words.ts';

/**
 * Whether what was proposed names, in place of all that the call has for one of its arguments, another value of that
 * argument: order A was to be cancelled, and B was. Only ids, addresses and the like are compared, because what words and
 * small numbers stand for is not known. `args`: parsed.
 */
export function isOfAnotherProposal(args: unknown, { asked, last = '', identifiers }: Heard): boolean {
  if (asked === undefined || LEAVES_CHOICE.test(last)) return false;
  const discussed = saidText(`${asked}\n${last}`);
  const unsaid = [...identifiersOf(args)].filter(
    ([, values]) => ![...values].some((value) => occursIn(value, discussed)),
  );
  if (unsaid.length === 0) return false;
  const proposed = identifiersIn(asked);
  return unsaid.some(([key, values]) => {
    const alike = valuesLike(key, values, identifiers());
    return proposed.some((word) => alike.some((others) => others.has(word)));
  });
}

/** Where a user goes on to another thing. */
const CLAUSES = /[,;.!?()\n]+|(?<![\p{L}])(?:but|and|though|while)(?![\p{L}])/iu;

/** Whether the user leaves out by name what the call is about: `Yes for 88001, no for 88002`. `args`: parsed. */
export function isLeftOut(args: unknown, { last = '' }: Heard): boolean {
  if (!LEAVES_OUT.test(last)) return false;
  const clauses = last.split(CLAUSES).map(saidText);
  return [...identifiersOf(args).values()].some((values) => {
    const before = clauses.flatMap((clause) => {
      const value = [...values].find((one) => occursIn(one, clause));
      return value === undefined ? [] : [clause.plain().split(value, 1)[0] ?? ''];
    });
    return before.length > 0 && before.every((words) => LEAVES_OUT.test(words));
  });
}

/** Values that stood under the same key, or under one that held a value of the call. */
function valuesLike(key: string, values: ReadonlySet<string>, known: Identifiers): readonly ReadonlySet<string>[] {
  return [...known].flatMap(([name, others]) =>
    name === key || [...values].some((value) => others.has(value)) ? [others] : [],
  );
}
