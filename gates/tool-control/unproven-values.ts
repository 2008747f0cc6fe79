import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { ToolCall } from '../../src/contract/run.ts';
import { RULE_FACTS, type RuleFact } from '../../src/contract/tool-policy.ts';
import { judgedRules } from './rule-facts.ts';

/** Facts of provenance that only a human's approval of the very call makes good. */
export const UNPROVEN: ReadonlySet<RuleFact> = new Set([RULE_FACTS.unnamed, RULE_FACTS.untrusted]);

/** Whether a value of the call comes from where it may not. */
export function hasUnprovenValue(call: ToolCall, { tools }: Pick<Plan, 'tools'>): boolean {
  const policy = call.tool === undefined ? undefined : declaredTool(tools, call.tool);
  return policy !== undefined && judgedRules(policy, call).some(({ fact }) => UNPROVEN.has(fact));
}
