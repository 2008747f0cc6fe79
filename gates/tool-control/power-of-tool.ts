import { argumentsOf, memberOf, objectOf } from '../../src/contract/served/tool-schema.ts';
import type { OfferedTool } from './offered-tools.ts';

/** Arguments that hold a program, a query or an address, when nothing limits their text. */
const POWERFUL =
  /^(?:code|command|cmd|script|shell|sql|query_?sql|statement|expression|function|javascript|python|program|url|uri|href|endpoint)$/i;
/** Names of tools that run what they are given, or show what a process knows. */
const RUNS =
  /(?:^|[_-])(?:eval|evaluate|exec|execute|shell|bash|terminal|sudo|env|environment|secrets?)(?:$|[_-])|run[_-](?:code|command|script|sql|query|python|javascript)/i;
const LIMITS = ['enum', 'const', 'pattern'] as const;

/**
 * Why a tool can do more than its name says, or undefined when something limits it: its schema, a rule of the manifest about
 * that argument, or an approval before each call.
 */
export function powerOf({ tool, policy }: OfferedTool): string | undefined {
  if (policy !== undefined && policy.approve === 'always') return undefined;
  const free = argumentsOf(tool.definition).find(
    ([name, schema]) => POWERFUL.test(name) && isFreeText(schema) && !isRuled(name, policy),
  );
  if (free !== undefined) return `takes any text as ${free[0]}`;
  const name = tool.name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return RUNS.test(name) && !isRuled(undefined, policy)
    ? 'runs what it is given, or shows what its process knows'
    : undefined;
}

function isFreeText(schema: Parameters<typeof objectOf>[0]): boolean {
  const object = objectOf(schema);
  const type = memberOf(object, 'type');
  const isText = type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'));
  return isText && !LIMITS.some((limit) => memberOf(object, limit) !== undefined);
}

/** A limit on the argument, or a schema or expression that may hold one. */
function isRuled(arg: string | undefined, policy: OfferedTool['policy']): boolean {
  return (policy?.rules ?? []).some(
    (rule) =>
      rule.kind === 'schema' ||
      rule.kind === 'when' ||
      ((rule.kind === 'argument' || rule.kind === 'provenance') && (arg === undefined || rule.arg === arg)),
  );
}
