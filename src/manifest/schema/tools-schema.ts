import { z } from 'zod';
import { APPROVAL_RULES, TOOL_EFFECTS, type ToolPolicy } from '../../contract/plan.ts';
import { text } from './values.ts';

const tool = z.strictObject({
  effect: z.enum(TOOL_EFFECTS).meta({ description: 'The most a call can do; irreversible: nothing undoes it' }),
  approve: z
    .enum(APPROVAL_RULES)
    .meta({ description: 'Whether every call needs a human approval first. Absent: never for read, always otherwise' })
    .optional(),
  args: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Limits on arguments. Accepted, not judged by this version' })
    .optional(),
  undo: text('The tool that takes it back. Accepted, not judged by this version').optional(),
});

export type ToolInput = z.infer<typeof tool>;

export const toolsSchema = z
  .union([
    z.literal('none').meta({ description: 'The workload has no tools' }),
    z.record(text('Name of the tool as recorded'), tool).refine((tools) => Object.keys(tools).length > 0, {
      error: 'names no tool; write tools: none if there are none',
    }),
  ])
  .meta({ description: 'Every tool the workload may call, by name; or none' });

/** What must hold before a call. Silence never removes an approval: only reading goes without. */
export function approvalOf({ effect, approve }: ToolInput): ToolPolicy['approve'] {
  return approve ?? (effect === 'read' ? 'never' : 'always');
}

/** Why `approve: never` contradicts the rest of the manifest, or undefined when it does not. */
export function whyApprovalIsNeeded({ effect, approve }: ToolInput, autonomy: string): string | undefined {
  if (approve !== 'never' || effect === 'read') return undefined;
  if (effect === 'irreversible') return 'an irreversible tool always needs approval, got never';
  return autonomy === 'autonomous' ? undefined : `a write tool needs approval under autonomy ${autonomy}, got never`;
}
