import type { z } from 'zod';
import type { Json } from '../contract/json.ts';
import { maskSecrets } from './secrets.ts';
import { closest } from './suggestion.ts';

type Issue = z.core.$ZodIssue;

const TYPE_NAMES = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a map'],
  ['record', 'a map'],
]);

/**
 * To be given to every parse: the library's own messages become empty, so that only wording of ours is left; and no code
 * is generated for a file that is parsed once.
 */
export const OWN_WORDING = { error: () => '', jitless: true };

/** What would have been accepted, in the schema's own wording where it has one. */
export function expectedBy(issue: Issue): string {
  if (issue.message !== '') return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES.get(issue.expected) ?? issue.expected;
    case 'invalid_value':
      return issue.values
        .map(String)
        .join(', ')
        .replace(/, (?=[^,]*$)/, ' or ');
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1)).map(expectedBy))].join(' or ');
    case 'too_small':
      return `at least ${counted(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `at most ${counted(issue.maximum, issue.origin)}`;
    case 'invalid_key':
      return `a key that is ${issue.issues.map(expectedBy).join(' and ')}`;
    default:
      return 'another value';
  }
}

function counted(count: number | bigint, origin: string): string {
  return origin === 'array' ? `${count} ${count === 1 ? 'entry' : 'entries'}` : String(count);
}

/** The next step where the type alone does not explain the slip: numbers in quotes, text without them, a misspelt choice. */
export function repairOf(issue: Issue, value: Json): string | undefined {
  if (issue.message !== '') return undefined;
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    if (issue.values.includes(Number(value))) return 'Remove the quotes.';
    const meant = closest(
      value,
      issue.values.filter((allowed) => typeof allowed === 'string'),
    );
    return meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`;
  }
  const types = typesExpectedBy(issue);
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  if (types.includes('string') && isScalar) return `Put it in quotes: "${value}"`;
  const isQuoted = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  return isQuoted && (types.includes('number') || types.includes('int')) ? 'Remove the quotes.' : undefined;
}

function typesExpectedBy(issue: Issue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flatMap((branch) => branch.flatMap(typesExpectedBy));
  return issue.code === 'invalid_type' && issue.message === '' ? [issue.expected] : [];
}

/** A value as messages show it: short, and nothing that is a secret. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  const text = maskSecrets(JSON.stringify(value));
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
