import type { ToolPolicy } from './tool-policy.ts';

/** What must hold before a call: `every call, by a human`, `where call.args.amount > 50, by role:finance`. */
export function approvalText({ approve, approval, rules = [] }: ToolPolicy): string {
  if (approve === 'never') return 'none';
  const condition = rules.find(({ kind }) => kind === 'approve-when');
  const when = condition?.kind === 'approve-when' ? `where ${condition.expression}` : 'every call';
  const by = approval?.by === 'user' ? 'the user’s yes' : (approval?.by ?? 'a human');
  const terms = [
    when,
    `by ${by}`,
    ...(approval?.binds === undefined ? [] : [`for ${approval.binds.join(', ')}`]),
    ...(approval?.withinMs === undefined ? [] : [`at most ${approval.withinMs / 1_000} s old`]),
  ];
  return terms.join(', ');
}
