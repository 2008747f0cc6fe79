import { declaredTool } from '../../src/contract/declared-tool.ts';
import { oncePerRun } from '../../src/contract/once-per-run.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import { RULE_FACTS } from '../../src/contract/tool-policy.ts';
import type { CallDecision, CallStand, CallVerdict } from '../../src/contract/tool-use.ts';
import type { ApprovalStatus } from './approval-match.ts';
import type { ApprovalNeed } from './approval-need.ts';
import { bindingBreaches, freshnessBreaches } from './approval-terms.ts';
import { approvalsInRun } from './approvals-in-run.ts';
import { flowBreaches, needsApproval } from './flow-breaches.ts';
import { repeatedWrites } from './repeated-writes.ts';
import { type JudgedRule, judgedRules, ruleName } from './rule-facts.ts';
import { runLimitBreaches } from './run-limits.ts';

interface Reason {
  readonly verdict: CallVerdict;
  readonly rule: string;
  /** A human who approved the very call makes it good: what needs approval, and a value that only strangers named. */
  readonly isCurable: boolean;
}

const FLOW_TYPES = new Set(['forbid', 'require', 'at-most'] as const);

/** The decision on every tool call of a run, in order, with the rule that gave it. */
export const decideCalls = oncePerRun((run: Run, plan: Plan): readonly CallDecision[] => {
  const { needs, byFlow, judged } = approvalsInRun(run, plan);
  const approvals = new Map(judged.map(({ call, status }) => [call, status]));
  const inContext = reasonsInContext(run, plan);
  return run.steps.flatMap((step, index): CallDecision[] => {
    if (step.type !== 'tool') return [];
    const flow = byFlow.get(step);
    const byApproval = flow === undefined ? approvalReason(needs.get(step)) : [approvable(flow)];
    const reasons = [...ownReasons(step, plan), ...(inContext.get(step) ?? []), ...byApproval];
    const worst = worstOf(reasons);
    const approval = approvals.get(step);
    const { tool, callId, ref } = step;
    const verdict = worst?.verdict ?? 'allow';
    const isKnown = !reasons.some((reason) => reason.verdict === 'not-assessed');
    const stands = standOf(worst, approval);
    return [
      {
        run: run.id,
        step: index,
        tool,
        callId,
        verdict,
        rule: worst?.rule,
        stands: stands === 'kept' && !isKnown ? 'open' : stands,
        approval,
        ref,
      },
    ];
  });
});

/** What forbids the call comes first, and of that what no approval makes good. */
function worstOf(reasons: readonly Reason[]): Reason | undefined {
  return (
    reasons.find(({ verdict, isCurable }) => verdict === 'deny' && !isCurable) ??
    reasons.find(({ verdict }) => verdict === 'deny') ??
    reasons.find(({ verdict }) => verdict === 'needs-approval') ??
    reasons[0]
  );
}

function standOf(worst: Reason | undefined, approval: ApprovalStatus | undefined): CallStand {
  if (worst === undefined) return 'kept';
  if (worst.verdict === 'not-assessed') return 'open';
  if (!worst.isCurable) return 'violation';
  if (approval === 'approved') return 'kept';
  return approval === 'unknown' || approval === undefined ? 'open' : 'violation';
}

/** What the call by itself gives: its declaration, its arguments, where their values come from. */
function ownReasons(call: ToolCall, { tools }: Plan): Reason[] {
  if (tools === undefined) return [unassessed('no tools are declared')];
  if (call.tool === undefined && tools !== 'none') return [unassessed('the tool has no name')];
  const policy = call.tool === undefined ? undefined : declaredTool(tools, call.tool);
  if (policy === undefined) return [denied('the tool is not declared')];
  return judgedRules(policy, call).flatMap((judged) => reasonOf(judged) ?? []);
}

function reasonOf({ rule, fact }: JudgedRule): Reason | undefined {
  // What these two say is said by the approval.
  if (rule.kind === 'approve-when' || rule.kind === 'confirmed') return undefined;
  const name = ruleName(rule);
  switch (fact) {
    case RULE_FACTS.broken:
      return denied(name);
    case RULE_FACTS.untrusted:
      return { verdict: 'deny', rule: name, isCurable: true };
    case RULE_FACTS.failed:
      return denied(`${name} (could not be computed)`);
    case RULE_FACTS.unnamed:
      return approvable(name);
    case RULE_FACTS.unknown:
      return unassessed(name);
    case RULE_FACTS.holds:
    case RULE_FACTS.absent:
      return undefined;
  }
}

/** What the other steps of the run give. */
function reasonsInContext(run: Run, plan: Plan): Map<ToolCall, Reason[]> {
  const flows = plan.flows?.filter((flow) => !needsApproval(flow));
  const found = [
    ...flowBreaches(run, { ...plan, flows }, FLOW_TYPES),
    ...bindingBreaches(run, plan),
    ...freshnessBreaches(run, plan),
    ...repeatedWrites(run, plan),
    ...runLimitBreaches(run, plan),
  ];
  const reasons = new Map<ToolCall, Reason[]>();
  for (const { call, standing, label } of found) {
    if (standing === 'held') continue;
    const reason = standing === 'breached' ? denied(label) : unassessed(label);
    const known = reasons.get(call);
    if (known === undefined) reasons.set(call, [reason]);
    else known.push(reason);
  }
  return reasons;
}

function approvalReason(need: ApprovalNeed | undefined): Reason[] {
  switch (need) {
    case undefined:
    case 'none':
      return [];
    case 'needed':
      return [approvable('approve')];
    case 'given':
    case 'not-given':
      return [approvable('approve user')];
    case 'perhaps':
      return [unassessed('approve')];
  }
}

function denied(rule: string): Reason {
  return { verdict: 'deny', rule, isCurable: false };
}

function approvable(rule: string): Reason {
  return { verdict: 'needs-approval', rule, isCurable: true };
}

function unassessed(rule: string): Reason {
  return { verdict: 'not-assessed', rule, isCurable: false };
}
