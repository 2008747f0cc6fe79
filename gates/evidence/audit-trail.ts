import type { Plan } from '../../src/contract/plan.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import { endingOf } from '../../src/contract/run-ending.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';

/** What somebody who looks into a run afterwards has to find. */
export const AUDIT_PARTS = ['who', 'version', 'context', 'decision', 'approval', 'outcome'] as const;
export type AuditPart = (typeof AUDIT_PARTS)[number];

/** Whether the recording of a run holds a part, or the run has no need of it. */
export function hasPart(part: AuditPart, run: Run, plan: Plan): boolean {
  switch (part) {
    case 'who':
      return run.principal !== undefined;
    case 'version':
      return run.artifactsDigest !== undefined || run.revision !== undefined || run.version !== undefined;
    case 'context':
      return typeof plan.knowledge !== 'object' || hasDocuments(run);
    case 'decision':
      return hasDecision(run);
    case 'approval':
      return hasApprovals(run, plan.tools);
    case 'outcome':
      return endingOf(run) !== 'unknown';
  }
}

/** That nothing was found is a context too; that nothing was recorded is none. */
function hasDocuments({ steps }: Run): boolean {
  for (const step of steps) if (step.type === 'retrieval' && step.documents !== undefined) return true;
  return false;
}

/** The text of an answer, or a tool that was asked for or executed under its name. */
function hasDecision({ steps }: Run): boolean {
  for (const step of steps) {
    if (step.type === 'tool' && step.tool !== undefined) return true;
    if (step.type !== 'model') continue;
    if (step.facts !== undefined || (step.requestedTools !== undefined && step.requestedTools.length > 0)) return true;
  }
  return false;
}

/** Whether a decision is recorded at all is asked here; whether it is the right one, tool-control/approvals asks. */
function hasApprovals(run: Run, tools: Plan['tools']): boolean {
  for (const step of run.steps) {
    if (step.type === 'tool' && needsApproval(step, tools) && !hasApprovalFor(step, run)) return false;
  }
  return true;
}

function needsApproval({ tool }: ToolCall, tools: Plan['tools']): boolean {
  if (tool === undefined || typeof tools !== 'object') return false;
  const policy: ToolPolicy | undefined = Object.hasOwn(tools, tool) ? tools[tool] : undefined;
  return policy?.effect !== 'read' && policy?.approve === 'always' && policy.approval?.by !== 'user';
}

function hasApprovalFor({ tool, callId }: ToolCall, { steps }: Run): boolean {
  for (const step of steps) {
    if (step.type !== 'approval' || step.decision === undefined) continue;
    if (step.callId !== undefined && callId !== undefined ? step.callId === callId : isFor(step.tool, tool))
      return true;
  }
  return false;
}

/** An approval without the name of a tool may be for any. */
function isFor(approved: string | undefined, tool: string | undefined): boolean {
  return approved === undefined || approved === tool;
}
