import { argumentPath } from '../../contract/argument-path.ts';
import { comparableText } from '../../contract/comparable-value.ts';
import type { ArgumentOperator, Scalar } from '../../contract/tool-policy.ts';
import { linearPatterns } from '../linear-pattern.ts';
import { emailDomainIn, pathUnder, urlHostIn } from './destinations.ts';
import { isReadOnlySql } from './read-only-sql.ts';

/** Whether one value of an argument is as it must be. `args`: all arguments of the call. */
export type HoldsOf = (value: unknown, args: unknown) => boolean;

/** Longest text, in UTF-16 units, that a pattern or SQL is tried on; a longer one is not as it must be. */
const LONGEST_TEXT = 100_000;

/**
 * Prepares an operator once for all calls.
 * @throws AigateError CONFIG_INVALID for a pattern that does not compile
 */
export async function compileOperator(rule: ArgumentOperator): Promise<HoldsOf> {
  switch (rule.op) {
    case 'in':
      return isOneOf(rule.values);
    case 'not_in':
      return isNoneOf(rule.values);
    case 'min':
      return (value) => (numberOf(value) ?? Number.NaN) >= rule.value;
    case 'max':
      return (value) => (numberOf(value) ?? Number.NaN) <= rule.value;
    case 'max_length':
      return (value) => (typeof value === 'string' || Array.isArray(value)) && value.length <= rule.value;
    case 'matches': {
      const matches = (await linearPatterns())(`^(?:${rule.value})$`);
      return (value) => isScalar(value) && `${value}`.length <= LONGEST_TEXT && matches(`${value}`);
    }
    case 'email_domain':
      return emailDomainIn(rule.values);
    case 'url_host':
      return urlHostIn(rule.values);
    case 'path_under':
      return pathUnder(rule.values);
    case 'sql':
      return (value) => typeof value === 'string' && value.length <= LONGEST_TEXT && isReadOnlySql(value);
    case 'same_as': {
      const other = argumentPath(rule.value);
      return (value, args) => {
        const wanted = other(args);
        return wanted.length > 0 && wanted.every((one) => comparableText(one) === comparableText(value));
      };
    }
  }
}

/** Texts and numbers are compared as texts: models write `5` and `"5"` for the same order. */
function isOneOf(values: readonly Scalar[]): HoldsOf {
  const known = new Set(values.map(String));
  return (value) => isScalar(value) && known.has(`${value}`);
}

/** What may stand for a listed value to whoever reads it does too: other case, signs that are not seen, one of several. */
function isNoneOf(values: readonly Scalar[]): HoldsOf {
  const known = new Set(values.map((value) => seenText(`${value}`)));
  return (value) => {
    if (!isScalar(value)) return value === null;
    const text = `${value}`;
    if (known.has(seenText(text))) return false;
    return !/[,;\n]/.test(text) || text.split(/[,;\n]/).every((part) => !known.has(seenText(part)));
  };
}

/** As people see it. */
function seenText(text: string): string {
  if (/^[\x21-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A number, also written as a plain decimal text; undefined for everything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?(?:\d+\.?\d*|\.\d+)$/.test(value.trim()) ? Number(value) : undefined;
}
