import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { ToolCall } from '../../src/contract/run.ts';
import { RULE_FACTS } from '../../src/contract/tool-policy.ts';
import { factOfKind } from './rule-facts.ts';

/**
 * Whether a call needs approval. `none`: it does not. `needed`: a human must have decided. `given`, `not-given`: the user
 * must have said yes, and did or did not. `perhaps`: the recording does not show whether it is needed or was given.
 */
export type ApprovalNeed = 'none' | 'needed' | 'given' | 'not-given' | 'perhaps';

/** What the declaration of its tool asks for. Of an undeclared tool nothing is asked here. */
export function approvalNeed(call: ToolCall, { tools }: Pick<Plan, 'tools'>): ApprovalNeed {
  const policy = call.tool === undefined ? undefined : declaredTool(tools, call.tool);
  if (policy === undefined || policy.approve === 'never') return 'none';
  if (policy.approve === 'when') {
    const isNeeded = factOfKind(policy, call, 'approve-when');
    if (isNeeded === RULE_FACTS.broken) return 'none';
    if (isNeeded === undefined || isNeeded === RULE_FACTS.unknown) return 'perhaps';
  }
  if (policy.approval?.by !== 'user') return 'needed';
  switch (factOfKind(policy, call, 'confirmed')) {
    case RULE_FACTS.holds:
      return 'given';
    case RULE_FACTS.broken:
      return 'not-given';
    default:
      return 'perhaps';
  }
}
