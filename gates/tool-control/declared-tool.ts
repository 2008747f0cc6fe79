import type { MissingInput } from '../../src/contract/measure.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';

/** The declaration of a tool; undefined for an undeclared one, also when it is named like a property of every object. */
export function declaredTool(tools: Plan['tools'], name: string): ToolPolicy | undefined {
  return typeof tools === 'object' && Object.hasOwn(tools, name) ? tools[name] : undefined;
}

/** What is missing while the manifest has no `tools`. */
export const MISSING_TOOLS: MissingInput = {
  input: 'the declared tools',
  remedy: 'Declare every tool with its effect under tools in the manifest, or tools: none.',
};
