import type { Subject } from '../contract/check.ts';
import type { Plan } from '../contract/plan.ts';

/**
 * Why a check with this subject has nothing to judge, or undefined when it has. Computed from declarations,
 * so that no check can excuse itself.
 */
export function whyNotApplicable(subject: Subject, plan: Pick<Plan, 'tools' | 'stage'>): string | undefined {
  switch (subject) {
    case 'every-workload':
      return undefined;
    case 'write-tools':
      return whyNoWriteTools(plan.tools);
    case 'release-stage':
      return plan.stage === 'release' ? undefined : 'judged at the release stage; at pr the digests decide';
  }
}

function whyNoWriteTools(tools: Plan['tools']): string | undefined {
  if (tools === undefined) return undefined;
  if (tools === 'none') return 'the manifest declares tools: none';
  const writes = Object.values(tools).some((tool) => tool.effect !== 'read');
  return writes ? undefined : 'every declared tool has effect: read';
}
