import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatNumber } from '../../src/contract/units.ts';
import { refsOf } from '../../src/contract/witness.ts';
import type { WriteApprovals } from './measures/write-approvals.ts';
import { MISSING_TOOLS } from './missing-tools.ts';
import { guardedWrites, unguardedWrites } from './unguarded-writes.ts';
import { MISSING_EXECUTIONS } from './unrecorded-calls.ts';

export interface ApprovalGap {
  readonly message: string;
  readonly missing: MissingInput;
  readonly evidence: readonly EvidenceRef[];
}

/** Why runs without a violation still do not show that every write was approved. `n`: the calls judged. */
export function approvalGap(seen: WriteApprovals, n: number, plan: Plan): ApprovalGap | undefined {
  return undeclared(plan) ?? withoutAnyEvent(seen, n) ?? unclear(seen, n) ?? unseen(seen, n);
}

/** A declaration alone passes nothing: neither that there are no writes, nor that none needs an approval. */
function undeclared(plan: Plan): ApprovalGap | undefined {
  if (plan.tools === undefined) {
    const message = 'the manifest declares no tools, so nothing says which calls write';
    return { message, missing: MISSING_TOOLS, evidence: [] };
  }
  const names = unguardedWrites(plan);
  if (names.length === 0 || guardedWrites(plan).length > 0) return undefined;
  return {
    message: `${quantity(names.length, 'write tool')} declared approve: never: ${names.map(showName).join(', ')}; a declaration alone does not show that no approval is needed`,
    missing: {
      input: 'an approval rule for every tool that writes',
      remedy:
        'Declare approve: always for the named tools, or have the owner of the policy accept their autonomous writes.',
    },
    evidence: names.map((name) => manifestRef(plan, pointerOf('tools', name, 'approve'))),
  };
}

function withoutAnyEvent({ approvals, answers, runs, witnesses }: WriteApprovals, n: number): ApprovalGap | undefined {
  if (n === 0 || approvals + answers > 0) return undefined;
  return {
    message: `${quantity(n, 'write call')} in ${quantity(runs, 'run')}, and no approval was recorded for any of them`,
    missing: {
      input: 'approval events',
      remedy:
        'Record aigate.approval.decision and aigate.approval.by (human, policy or none) before each call of a write tool.',
    },
    evidence: refsOf(witnesses.unapproved),
  };
}

function unclear({ calls, unnamed, unrecorded, witnesses }: WriteApprovals, n: number): ApprovalGap | undefined {
  if (calls.unknown > 0) {
    return {
      message: `for ${formatNumber(calls.unknown)} of ${quantity(n, 'write call')} the approval does not say who decided what, when or about which call`,
      missing: {
        input: 'who approved which call',
        remedy: 'Record aigate.approval.decision, aigate.approval.by and gen_ai.tool.call.id with every approval.',
      },
      evidence: refsOf(witnesses.unknown),
    };
  }
  if (unrecorded > 0) {
    return {
      message: `${quantity(unrecorded, 'call')} that may need approval ${unrecorded === 1 ? 'was' : 'were'} asked for and ${unrecorded === 1 ? 'is' : 'are'} recorded neither as executed nor as refused`,
      missing: MISSING_EXECUTIONS,
      evidence: refsOf(witnesses.unrecorded),
    };
  }
  if (unnamed === 0) return undefined;
  return {
    message: `${quantity(unnamed, 'tool step')} recorded without the name of the tool: each may be a write`,
    missing: { input: 'tool names', remedy: 'Record gen_ai.tool.name on every execute_tool span.' },
    evidence: refsOf(witnesses.unknown),
  };
}

function unseen({ runs }: WriteApprovals, n: number): ApprovalGap | undefined {
  if (n > 0) return undefined;
  return {
    message: `no call of a write tool was seen in ${quantity(runs, 'run')}`,
    missing: {
      input: 'runs that use the write tools',
      remedy: 'Record runs in which the workload calls its write tools with approval.',
    },
    evidence: [],
  };
}
