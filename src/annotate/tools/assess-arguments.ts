import { argumentPath, elementsOf, isRecord, parsedArguments } from '../../contract/argument-path.ts';
import type { AssessArguments } from '../../contract/observed-run.ts';
import { RULE_FACTS, type RuleFact, type ToolPolicy, type ToolRule } from '../../contract/tool-policy.ts';
import { compileSchema } from '../json-schema.ts';
import { compileOperator } from './argument-operators.ts';
import { expressionCompiler } from './expressions.ts';

/** Undefined: the text is no JSON. */
type Judge = (args: unknown, tool: string) => RuleFact;

const BROKEN_JSON = Symbol('arguments that are no JSON');

/**
 * Prepares the rules of all tools once for all calls.
 * @throws AigateError CONFIG_INVALID for a pattern, a schema or an expression that does not compile
 */
export async function compileArgumentRules(
  tools: Readonly<Record<string, ToolPolicy>> | 'none' | undefined,
): Promise<AssessArguments> {
  const judges = new Map<string, readonly Judge[]>();
  for (const [name, { rules = [] }] of Object.entries(tools === 'none' ? {} : (tools ?? {}))) {
    if (rules.length > 0) judges.set(name, await Promise.all(rules.map(compileRule)));
  }
  return (tool, args) => {
    const ofTool = tool === undefined ? undefined : judges.get(tool);
    if (ofTool === undefined || tool === undefined) return undefined;
    if (args === undefined) return RULE_FACTS.unknown.repeat(ofTool.length);
    const value = parsedArguments(args) ?? BROKEN_JSON;
    let facts = '';
    for (const judge of ofTool) facts += judge(value, tool);
    return facts;
  };
}

async function compileRule(rule: ToolRule): Promise<Judge> {
  switch (rule.kind) {
    case 'argument': {
      const [read, holds] = [argumentPath(rule.arg), await compileOperator(rule)];
      // The length of a list is that of the list; every other operator is about what stands in it.
      const values = rule.op === 'max_length' ? read : (args: unknown) => elementsOf(read(args));
      return (args) => {
        // Without names nobody knows which value is meant.
        if (!isRecord(args)) return RULE_FACTS.unknown;
        // No value is what an argument that may be left out has.
        const found = values(args).filter((value) => value !== null);
        if (found.length === 0) return RULE_FACTS.absent;
        return found.every((value) => holds(value, args)) ? RULE_FACTS.holds : RULE_FACTS.broken;
      };
    }
    case 'schema': {
      const isValid = await compileSchema(rule.schema);
      return (args) => (args !== BROKEN_JSON && isValid(args) ? RULE_FACTS.holds : RULE_FACTS.broken);
    }
    case 'when':
    case 'approve-when': {
      const { isLocal, evaluate } = (await expressionCompiler())(rule.expression);
      if (!isLocal) return () => RULE_FACTS.unknown;
      return (args, tool) => factOf(args === BROKEN_JSON ? undefined : evaluate({ call: { tool, args } }));
    }
    case 'provenance':
    case 'destinations':
    case 'same-as-call':
    case 'confirmed':
      return () => RULE_FACTS.unknown;
  }
}

/** Of an expression; one that cannot be computed has failed. */
export function factOf(value: boolean | undefined): RuleFact {
  if (value === undefined) return RULE_FACTS.failed;
  return value ? RULE_FACTS.holds : RULE_FACTS.broken;
}
