import type { WireRequest } from '../wire/wire-api.ts';
import type { Conversation } from './conversation.ts';
import { type LinearPattern, linearPattern } from './linear-pattern.ts';
import type { Script, ScriptRule } from './script-schema.ts';
import type { TemplateValues } from './template.ts';

/** A rule that holds for a request, and what its templates are filled with. */
export interface MatchedRule {
  /** From 0, in the order of the script. */
  readonly index: number;
  readonly rule: ScriptRule;
  readonly values: TemplateValues;
}

interface Asked {
  readonly request: WireRequest;
  readonly provider: string;
  readonly conversation: Conversation;
}

/** Finds the first rule of a script that holds; undefined when none does. Patterns are compiled once. */
export function createRuleFinder({ rules }: Script): (asked: Asked) => MatchedRule | undefined {
  const patterns = rules.map(({ when }) => (when.matches === undefined ? undefined : linearPattern(when.matches)));
  return (asked) => {
    for (const [index, rule] of rules.entries()) {
      const match = holds(rule.when, patterns[index], asked);
      if (match === undefined) continue;
      const { input, lastToolResult } = asked.conversation;
      return { index, rule, values: { input, lastToolResult, match } };
    }
    return undefined;
  };
}

/** What the pattern caught, nothing without a pattern; undefined when the condition does not hold. */
function holds(
  when: ScriptRule['when'],
  pattern: LinearPattern | undefined,
  { request, provider, conversation }: Asked,
): readonly string[] | undefined {
  if (when.model !== undefined && when.model !== request.model) return undefined;
  if (when.provider !== undefined && when.provider !== provider) return undefined;
  if (when.contains !== undefined && !conversation.input.includes(when.contains)) return undefined;
  if (when.tool_result !== undefined && when.tool_result !== conversation.resultOf) return undefined;
  if (when.turn !== undefined && when.turn !== conversation.turn) return undefined;
  return pattern === undefined ? [] : pattern.search(conversation.input);
}
