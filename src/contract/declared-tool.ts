import type { Plan } from './plan.ts';
import type { ToolPolicy } from './tool-policy.ts';

/** The declaration of a tool; undefined for an undeclared one, also when it is named like a property of every object. */
export function declaredTool(tools: Plan['tools'], name: string): ToolPolicy | undefined {
  return typeof tools === 'object' && Object.hasOwn(tools, name) ? tools[name] : undefined;
}
