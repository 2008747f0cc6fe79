import { AigateError } from '../contract/errors.ts';
import type { Json } from '../contract/json.ts';
import type { AssessedAnswer } from '../contract/observed-run.ts';
import type { TextAssertion } from '../contract/plan.ts';
import type { TextFacts } from '../contract/run.ts';
import { isRefusal } from './refusal.ts';

/** Judges one answer in clear. */
export type AssessText = (answer: AssessedAnswer) => TextFacts;

/** Longest text, in UTF-16 units, that a pattern is tried on; on a longer one it does not hold. */
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
  const isFound = (await patterns())(source);
  return ({ text }) => text.length <= PATTERN_LIMIT && isFound(text);
}

/**
 * Compiles patterns for RE2, which takes time linear in the text: the text comes from a model, and on V8's engine a
 * pattern such as ^(a+)+$ lets 40 characters hang the gate. Look-around and back-references do not exist in it.
 */
async function patterns(): Promise<(source: string) => (text: string) => boolean> {
  const { RE2JS } = await import('re2js');
  return (source) => {
    try {
      const pattern = RE2JS.compile(RE2JS.translateRegExp(source));
      return (text) => pattern.matcher(text).find();
    } catch (cause) {
      throw invalid(`${source} is not a regular expression without look-around and back-references`, cause);
    }
  };
}

/** ajv is loaded only where a schema is declared: it takes longer to load than all other checks together. */
async function compileSchema(schema: Json): Promise<(value: unknown) => boolean> {
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema))) {
    throw invalid('a JSON schema is an object or a boolean', undefined);
  }
  const [{ Ajv }, compilePattern] = await Promise.all([import('ajv'), patterns()]);
  // ajv asks for a RegExp's `test`; `code` would name the engine in generated source, which is never written here.
  const regExp = Object.assign((source: string) => ({ test: compilePattern(source) }), { code: 'linear' });
  try {
    // One instance per schema: two may carry the same $id. Its logger would write past the reports.
    const validate = new Ajv({ strict: false, logger: false, code: { regExp } }).compile(schema);
    return (value) => validate(value) === true;
  } catch (cause) {
    throw invalid('the JSON schema of an is-json assertion does not compile', cause);
  }
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

function invalid(what: string, cause: unknown): AigateError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new AigateError('CONFIG_INVALID', `${what}${reason}`, { cause });
}
