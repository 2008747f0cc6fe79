import { z } from 'zod';
import { TOOL_EFFECTS, TOOL_TAGS, type ToolPolicy } from '../../contract/tool-policy.ts';
import { command } from './live-schema.ts';
import { argumentSchema } from './tool-arguments-schema.ts';
import { TOOL_TEMPLATE_NAMES } from './tool-template-names.ts';
import { duration, text } from './values.ts';

const SIMPLE_APPROVALS = ['always', 'never', 'user'] as const;
const count = (description: string) => z.int().positive().meta({ description });
const amount = (description: string) => z.number().positive().meta({ description });

const approval = z
  .strictObject({
    by: text(
      'user: the explicit yes of the user in the conversation; else an approver or role such as role:finance',
    ).optional(),
    when: text('CEL over call, prev, run, user and approvals: approval is needed where it is true').optional(),
    binds: z
      .array(text('An argument'))
      .min(1)
      .meta({ description: 'Arguments the approval must name as called' })
      .optional(),
    within: duration('How old the approval may be').optional(),
  })
  .refine((rule) => Object.keys(rule).length > 0, { error: 'asks for nothing; write always' });

const limits = z
  .strictObject({
    perRun: count('Most calls in one run').optional(),
    perHour: count('Most calls in any clock hour, UTC').optional(),
    spend: z
      .strictObject({
        arg: text('The argument that holds the amount'),
        perRun: amount('Most in one run').optional(),
        perDay: amount('Most on one day, UTC').optional(),
      })
      .meta({ description: 'The most that an argument may add up to' })
      .optional(),
  })
  .meta({ description: 'The most calls, and the most an argument may add up to' });

const undo = z
  .union([
    z.literal('none').meta({ description: 'Nothing takes it back' }),
    text('The tool that takes it back'),
    z.strictObject({
      tool: text('The tool that takes it back'),
      within: duration('How long it can').optional(),
      command: command
        .meta({
          description: 'Takes a call back in a drill: program and arguments; it reads {run, tool, args} as JSON',
        })
        .optional(),
      verify: command
        .meta({ description: 'Reads the same, and ends with 0 once nothing of the call is left' })
        .optional(),
    }),
  ])
  .meta({ description: 'What takes a call back: a tool, or none' });

const tool = z.strictObject({
  effect: z.enum(TOOL_EFFECTS).meta({ description: 'The most a call can do; irreversible: nothing undoes it' }),
  approve: z
    .union([z.enum(SIMPLE_APPROVALS), approval])
    .meta({
      description:
        'always, never, user (the explicit yes of the user), or what an approval must be. Absent: never for read, always otherwise',
    })
    .optional(),
  args: z
    .record(text('Path of an argument: to, customer.iban, items.*.price'), argumentSchema)
    .meta({ description: 'Limits on arguments' })
    .optional(),
  schema: z.json().meta({ description: 'JSON schema of the arguments' }).optional(),
  when: text('CEL over call, prev, run, user and approvals that must be true of every call').optional(),
  scopes: z.array(text('A permission')).min(1).meta({ description: 'Permissions the tool needs' }).optional(),
  tags: z
    .array(z.enum(TOOL_TAGS))
    .meta({
      description:
        'secret: its results must not leave; untrusted: strangers write them; egress: it carries data out; []: none of these',
    })
    .optional(),
  limits: limits.optional(),
  idempotency: z
    .strictObject({
      key: z.array(text('An argument')).min(1).meta({ description: 'Arguments that name the business operation' }),
      arg: text('The argument that carries the idempotency key').optional(),
    })
    .meta({ description: 'What makes a repeated call the same operation' })
    .optional(),
  idempotent: z
    .literal(true)
    .meta({ description: 'Doing it again changes nothing more, as writing a file or running tests' })
    .optional(),
  undo: undo.optional(),
  credentials: z
    .strictObject({
      source: text('Where they come from, such as oidc or static'),
      maxTtl: duration('How long a credential lives at most').optional(),
    })
    .meta({ description: 'How the tool gets its credentials' })
    .optional(),
  like: z
    .enum(TOOL_TEMPLATE_NAMES)
    .meta({
      description: 'A ready tool policy of an archetype of agents; what is said here stands, argument by argument',
    })
    .optional(),
  keep: text('Why it is offered although nothing calls it').optional(),
  reviewed: z.boolean().meta({ description: 'false: proposed by a program, and read by nobody yet' }).optional(),
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
  if (approve === undefined) return effect === 'read' ? 'never' : 'always';
  if (approve === 'never') return 'never';
  return typeof approve === 'object' && approve.when !== undefined ? 'when' : 'always';
}

/** Why `approve: never` contradicts the rest of the manifest, or undefined when it does not. */
export function whyApprovalIsNeeded({ effect, approve }: ToolInput, autonomy: string): string | undefined {
  if (approve !== 'never' || effect === 'read') return undefined;
  if (effect === 'irreversible') return 'an irreversible tool always needs approval, got never';
  return autonomy === 'autonomous' ? undefined : `a write tool needs approval under autonomy ${autonomy}, got never`;
}
