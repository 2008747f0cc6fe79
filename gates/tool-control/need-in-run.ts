import type { Plan } from '../../src/contract/plan.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import { type ApprovalNeed, approvalNeed } from './approval-need.ts';
import { flowApprovals } from './flow-breaches.ts';
import { hasUnprovenValue } from './unproven-values.ts';

/** Whether each call needs approval, by its tool, by a flow, or because nobody who may has named a value of it. */
export function needInRun(run: Run, plan: Plan): (call: ToolCall) => ApprovalNeed {
  const byFlow = flowApprovals(run, plan);
  return (call) => (byFlow.has(call) || hasUnprovenValue(call, plan) ? 'needed' : approvalNeed(call, plan));
}
