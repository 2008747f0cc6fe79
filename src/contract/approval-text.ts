import type { ToolPolicy } from './tool-policy.ts';

/** Who must approve a call, and on what terms: `a human`, `role:finance, where call.args.amount > 50`; or `none`. */
export function approvalText({ approve, approval, rules = [] }: ToolPolicy): string {
  if (approve === 'never') return 'none';
  const condition = rules.find(({ kind }) => kind === 'approve-when');
  const by = approval?.by === 'user' ? 'the user’s yes' : (approval?.by ?? 'a human');
  const terms = [
    by,
    ...(condition?.kind === 'approve-when' ? [`where ${condition.expression}`] : []),
    ...(approval?.binds === undefined ? [] : [`for ${approval.binds.join(', ')}`]),
    ...(approval?.withinMs === undefined ? [] : [`at most ${approval.withinMs / 1_000} s old`]),
  ];
  return terms.join(', ');
}
