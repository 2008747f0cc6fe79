import { z } from 'zod';
import { TOOL_TAGS } from '../../contract/tool-policy.ts';
import { identifier, text } from './values.ts';

const id = identifier('Name of the flow, for results');
const selector = z
  .union([
    text('A tool'),
    z.strictObject({ tag: z.enum(TOOL_TAGS).meta({ description: 'A tag' }) }),
    z.strictObject({ tool: text('A tool') }),
  ])
  .meta({ description: 'The calls of a tool by name, or of all tools with a tag' });

const forbidden = z.strictObject({
  id,
  after: selector,
  forbid: selector,
  unless: z.literal('approved').meta({ description: 'A human approved the very call' }).optional(),
});
const required = z.strictObject({
  id,
  require: selector,
  before: selector,
  same: z
    .array(text('An argument'))
    .min(1)
    .meta({ description: 'Arguments that must have the same values' })
    .optional(),
});
const atMost = z.strictObject({
  id,
  at_most: z.int().nonnegative().meta({ description: 'The most calls in one run' }),
  of: selector.optional(),
  identical: z
    .literal(true)
    .meta({ description: 'Only calls with the same arguments are counted together' })
    .optional(),
});

export const flowsSchema = z
  .array(z.union([forbidden, required, atMost]))
  .min(1)
  .meta({ description: 'What the order of calls in a run must be: after/forbid, require/before, at_most' });

export type FlowsInput = z.infer<typeof flowsSchema>;
