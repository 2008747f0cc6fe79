import { oncePerRun } from '../../src/contract/once-per-run.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import { type JudgedCall, judgeApprovals } from './approval-match.ts';
import { type ApprovalNeed, approvalNeed } from './approval-need.ts';
import { approvalSubject } from './approval-subject.ts';
import { flowApprovals } from './flow-breaches.ts';
import { hasUnprovenValue } from './unproven-values.ts';

export interface ApprovalsInRun {
  /** Of every call whose tool has a name. */
  readonly needs: ReadonlyMap<ToolCall, ApprovalNeed>;
  /** Calls that a flow forbids unless they are approved, each with what forbids it. */
  readonly byFlow: ReadonlyMap<ToolCall, string>;
  readonly judged: readonly JudgedCall[];
}

/** Whether each call needs approval, by its tool, by a flow, or because nobody who may has named a value of it; and has it. */
export const approvalsInRun = oncePerRun((run: Run, plan: Plan): ApprovalsInRun => {
  const needs = new Map<ToolCall, ApprovalNeed>();
  const byFlow = flowApprovals(run, plan);
  const needOf = (call: ToolCall): ApprovalNeed => {
    const need = byFlow.has(call) || hasUnprovenValue(call, plan) ? 'needed' : approvalNeed(call, plan);
    needs.set(call, need);
    return need;
  };
  return { needs, byFlow, judged: judgeApprovals(run, needOf, approvalSubject(plan)) };
});
