import { approvalText } from '../contract/approval-text.ts';
import type { Plan } from '../contract/plan.ts';
import type { ToolPolicy } from '../contract/tool-policy.ts';
import type { CallDecisions, DecidedCalls, ToolMatrix, ToolUse } from '../contract/tool-use.ts';

const NO_CALLS: DecidedCalls = {
  verdicts: { deny: 0, 'needs-approval': 0, 'not-assessed': 0, allow: 0 },
  violations: 0,
};

/** What the declared tools may do and what their calls came to; null where nothing is declared of tools. */
export function toolMatrix(plan: Plan, decided: CallDecisions | undefined): ToolMatrix | null {
  if (plan.tools === undefined) return null;
  const declared = Object.entries(plan.tools === 'none' ? {} : plan.tools);
  const calls = new Map(decided?.tools ?? []);
  const names = new Set(declared.map(([name]) => name));
  const others = [...calls].filter(([name]) => !names.has(name));
  if (declared.length === 0 && others.length === 0) return null;
  return {
    rows: [
      ...declared.map(([name, policy]) => rowOf(name, policy, calls.get(name) ?? NO_CALLS)),
      ...others.map(([name, ofTool]) => rowOf(name, undefined, ofTool)),
    ],
    runs: decided?.runs ?? 0,
    approvalsPerRun: decided === undefined ? 0 : decided.approvals / decided.runs,
    offenders: decided?.offenders ?? [],
  };
}

function rowOf(tool: string, policy: ToolPolicy | undefined, { verdicts, violations }: DecidedCalls): ToolUse {
  return {
    tool,
    effect: policy?.effect ?? 'undeclared',
    approval: policy === undefined ? 'none' : approvalText(policy),
    calls: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
    verdicts: { ...verdicts },
    violations,
  };
}
