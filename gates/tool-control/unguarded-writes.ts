import type { Plan } from '../../src/contract/plan.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';

/** Names of write tools declared with approve: never; a manifest has them only under autonomy `autonomous`. */
export function unguardedWrites(plan: Plan): string[] {
  return writesWith('never', plan);
}

/** Names of write tools of which some or all calls need approval. */
export function guardedWrites(plan: Plan): string[] {
  return [...writesWith('always', plan), ...writesWith('when', plan)];
}

function writesWith(rule: ToolPolicy['approve'], { tools }: Plan): string[] {
  if (typeof tools !== 'object') return [];
  return Object.entries(tools).flatMap(([name, { effect, approve }]) =>
    effect !== 'read' && approve === rule ? [name] : [],
  );
}
