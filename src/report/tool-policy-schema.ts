import { z } from 'zod';
import type { Json } from '../contract/json.ts';
import { APPROVAL_RULES, TOOL_EFFECTS, TOOL_TAGS } from '../contract/tool-policy.ts';

const text = z.string();
const words = z.array(text);
const count = z.int().min(0);
const milliseconds = z.number().min(0);
const json: z.ZodType<Json> = z.json();
const argument = { kind: z.literal('argument'), arg: text };

const origin = z.union([
  z.strictObject({ type: z.literal('user') }),
  z.strictObject({ type: z.literal('list'), name: text, values: words }),
  z.strictObject({ type: z.literal('tool'), tool: text }),
]);

const rule = z.union([
  z.strictObject({
    ...argument,
    op: z.enum(['in', 'not_in']),
    values: z.array(z.union([text, z.number(), z.boolean()])),
  }),
  z.strictObject({ ...argument, op: z.enum(['min', 'max']), value: z.number() }),
  z.strictObject({ ...argument, op: z.literal('max_length'), value: z.number() }),
  z.strictObject({ ...argument, op: z.literal('matches'), value: text }),
  z.strictObject({ ...argument, op: z.enum(['email_domain', 'url_host', 'path_under']), values: words }),
  z.strictObject({ ...argument, op: z.literal('sql'), value: z.literal('read_only') }),
  z.strictObject({ ...argument, op: z.literal('same_as'), value: text }),
  z.strictObject({ kind: z.literal('provenance'), arg: text, from: z.array(origin), beside: words }),
  z.strictObject({ kind: z.literal('destinations'), except: words }),
  z.strictObject({ kind: z.literal('same-as-call'), arg: text, tool: text, other: text }),
  z.strictObject({ kind: z.literal('schema'), schema: json }),
  z.strictObject({ kind: z.literal('when'), expression: text }),
  z.strictObject({ kind: z.literal('approve-when'), expression: text }),
  z.strictObject({ kind: z.literal('confirmed') }),
]);

/** A value of `Plan.tools` as published inside a result. */
export const toolPolicySchema = z.strictObject({
  effect: z.enum(TOOL_EFFECTS),
  approve: z.enum(APPROVAL_RULES),
  approval: z
    .strictObject({ by: text.optional(), binds: words.optional(), withinMs: milliseconds.optional() })
    .optional(),
  rules: z.array(rule).optional(),
  scopes: words.optional(),
  tags: z.array(z.enum(TOOL_TAGS)).optional(),
  limits: z
    .strictObject({
      perRun: count.optional(),
      perHour: count.optional(),
      spend: z.strictObject({ arg: text, perRun: z.number().optional(), perDay: z.number().optional() }).optional(),
    })
    .optional(),
  idempotency: z.strictObject({ key: words, arg: text.optional() }).optional(),
  idempotent: z.literal(true).optional(),
  undo: z
    .union([
      z.strictObject({
        tool: text,
        withinMs: milliseconds.optional(),
        command: words.optional(),
        verify: words.optional(),
      }),
      z.literal('none'),
    ])
    .optional(),
  credentials: z.strictObject({ source: text, maxTtlMs: milliseconds.optional() }).optional(),
  keep: text.optional(),
  reviewed: z.boolean().optional(),
});

const selector = z.union([
  z.strictObject({ type: z.literal('tool'), tool: text }),
  z.strictObject({ type: z.literal('tag'), tag: z.enum(TOOL_TAGS) }),
]);

/** A value of `Plan.flows` as published inside a result. */
export const flowSchema = z.union([
  z.strictObject({
    type: z.literal('forbid'),
    id: text,
    after: selector,
    forbid: selector,
    unlessApproved: z.boolean(),
  }),
  z.strictObject({ type: z.literal('require'), id: text, require: selector, before: selector, same: words }),
  z.strictObject({
    type: z.literal('at-most'),
    id: text,
    calls: z.number(),
    of: selector.optional(),
    identical: z.boolean(),
  }),
]);
