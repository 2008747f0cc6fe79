import { z } from 'zod';
import type { Json } from '../../contract/json.ts';
import type { DeclaredExpectation } from '../../contract/manifest.ts';
import { identifier, pattern, text } from './values.ts';

const yes = (description: string) => z.literal(true).meta({ description });

const shape = {
  equals: z.string().meta({ description: 'The answer is exactly this' }).optional(),
  contains: text('The answer contains this, letter case included').optional(),
  icontains: text('The answer contains this in any letter case').optional(),
  'not-contains': text('The answer does not contain this').optional(),
  regex: pattern('The answer matches this regular expression of RE2; (?i) before it ignores letter case').optional(),
  'not-regex': pattern('The answer does not match this regular expression').optional(),
  'is-json': z
    .union([z.literal(true), z.record(z.string(), z.unknown())])
    .meta({ description: 'The answer is JSON (true), or JSON that matches this JSON Schema' })
    .optional(),
  'is-refusal': yes('The answer refuses').optional(),
  'not-refusal': yes('The answer does not refuse').optional(),
  'tool-called': text('This tool was called').optional(),
};

function oneOf<T extends z.ZodRawShape>(members: T) {
  return z
    .strictObject(members)
    .superRefine((entry, context) => {
      const count = Object.keys(entry).length;
      if (context.issues.length > 0 || count === 1) return;
      context.addIssue({ code: 'custom', message: `expected one expectation in each entry, got ${count}` });
    })
    .meta({ minProperties: 1, maxProperties: 1 });
}

const expectation = oneOf(shape);

/** One thing that an answer must show; a judge may be asked too. */
export const judgedExpectation = oneOf({
  ...shape,
  'llm-rubric': text('live.judge says that the answer follows this rule').optional(),
});

const scenario = z.strictObject({
  id: identifier('Name of the scenario, unique'),
  share: z.number().min(0).max(1).meta({ description: 'Share of production traffic; all shares sum to 1' }),
  critical: z.boolean().meta({ description: 'Judged on its own, not only as a part of all runs' }).optional(),
  select: z
    .record(text('Attribute key'), z.string())
    .refine((select) => Object.keys(select).length > 0, { error: 'expected at least one attribute, got none' })
    .meta({ description: 'Attribute values that a run of this scenario carries, all of them' }),
  expect: z.array(expectation).meta({ description: 'What every run must show' }).optional(),
  inputs: z
    .array(z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1)]))
    .min(1)
    .max(10_000)
    .meta({
      description:
        'What live runs are given, in turn: text, or an object or list (of messages for a prompt) that is given as JSON',
    })
    .optional(),
});

/** How far a sum of shares may be from 1: the rounding of adding decimals, nothing that anybody wrote. */
const SHARE_TOLERANCE = 1e-9;

export const scenariosSchema = z
  .array(scenario)
  .min(1)
  .superRefine((scenarios, context) => {
    for (const [i, { id }] of scenarios.entries()) {
      const isRepeated = scenarios.findIndex((other) => other.id === id) < i;
      if (isRepeated)
        context.addIssue({
          code: 'custom',
          message: `${JSON.stringify(id)} is the id of two scenarios`,
          path: [i, 'id'],
        });
    }
    // A share that is wrong in itself makes the sum wrong too.
    if (context.issues.length > 0) return;
    const sum = scenarios.reduce((total, { share }) => total + share, 0);
    if (Math.abs(sum - 1) <= SHARE_TOLERANCE) return;
    const message = `the shares of all scenarios must sum to 1, got ${Number(sum.toPrecision(12))}`;
    context.addIssue({ code: 'custom', message });
  })
  .meta({ description: 'What the workload is used for, with the share of production traffic of each' });

/** The contract's form of the one expectation that an entry holds. */
export function toExpectation(entry: z.infer<typeof judgedExpectation>): DeclaredExpectation {
  const [[type, value] = []] = Object.entries(entry);
  switch (type) {
    case 'equals':
    case 'contains':
    case 'icontains':
    case 'not-contains':
    case 'regex':
    case 'not-regex':
    case 'tool-called':
    case 'llm-rubric':
      return { type, value: String(value) };
    case 'is-refusal':
    case 'not-refusal':
      return { type };
    case 'is-json':
      return { type, schema: entry['is-json'] === true ? undefined : (entry['is-json'] as Json) };
    default:
      throw new Error(`an entry without an expectation passed the schema`);
  }
}
