import type { AssessedAnswer } from '../contract/observed-run.ts';
import type { TextAssertion } from '../contract/plan.ts';
import type { TextFacts } from '../contract/run.ts';
import { compileSchema } from './json-schema.ts';
import { linearPatterns } from './linear-pattern.ts';
import { isRefusal } from './refusal.ts';

/** Judges one answer in clear. */
export type AssessText = (answer: AssessedAnswer) => TextFacts;

/** Longest text, in UTF-16 units, that a pattern is tried on; on a longer one no assertion about a pattern holds. */
const PATTERN_LIMIT = 100_000;

/**
 * Prepares the plan's assertions once for all answers; facts come in their order.
 * @throws AigateError CONFIG_INVALID for a pattern or a schema that does not compile
 */
export async function compileAssertions(assertions: readonly TextAssertion[]): Promise<AssessText> {
  const predicates = await Promise.all(assertions.map(compile));
  return (answer) => predicates.map((holds) => (holds(answer) ? '1' : '0')).join('');
}

type Predicate = (answer: AssessedAnswer) => boolean;

async function compile(assertion: TextAssertion): Promise<Predicate> {
  switch (assertion.type) {
    case 'equals': {
      const wanted = assertion.value.trim();
      return ({ text }) => text.trim() === wanted;
    }
    case 'contains':
      return ({ text }) => text.includes(assertion.value);
    case 'icontains': {
      const wanted = assertion.value.toLowerCase();
      return ({ text }) => text.toLowerCase().includes(wanted);
    }
    case 'not-contains':
      return ({ text }) => !text.includes(assertion.value);
    case 'regex':
      return await matches(assertion.value);
    case 'not-regex': {
      const isFound = await matches(assertion.value);
      return (answer) => answer.text.length <= PATTERN_LIMIT && !isFound(answer);
    }
    case 'cites': {
      if (assertion.value === undefined) return ({ citations }) => citations > 0;
      const isNamed = await matches(assertion.value);
      return (answer) => answer.citations > 0 || isNamed(answer);
    }
    case 'is-json': {
      const isValid = assertion.schema === undefined ? () => true : await compileSchema(assertion.schema);
      return ({ text }) => parsesInto(text, isValid);
    }
    case 'is-refusal':
      return isRefusal;
    case 'not-refusal':
      return (answer) => !isRefusal(answer);
  }
}

async function matches(source: string): Promise<Predicate> {
  const isFound = (await linearPatterns())(source);
  return ({ text }) => text.length <= PATTERN_LIMIT && isFound(text);
}

/** What JSON text begins with. Most texts that are no JSON show it at once, and an exception is dear. */
const JSON_START = /^[\t\n\r ]*[[{"\d\-tfn]/;

/** False as well for a value nested too deeply for the validator's stack. */
function parsesInto(text: string, isValid: (value: unknown) => boolean): boolean {
  if (!JSON_START.test(text)) return false;
  try {
    return isValid(JSON.parse(text));
  } catch {
    return false;
  }
}
