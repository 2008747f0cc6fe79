import { z } from 'zod';
import { linearPattern } from './linear-pattern.ts';
import { isKnownPlace, placesIn } from './template.ts';

/** The longest wait a script may ask for: timers overflow above 24 days, and no provider keeps anybody waiting so long. */
export const MAX_WAIT_MS = 600_000;

const waitMs = z.number().nonnegative().max(MAX_WAIT_MS);
const name = z.string().min(1);

const wait = z
  .union([
    waitMs,
    z
      .strictObject({ median: waitMs.positive(), p95: waitMs.positive() })
      .refine(({ median, p95 }) => p95 >= median, 'p95 must not be below the median'),
  ])
  .meta({ description: 'milliseconds: always the same, or log-normal with this median and 95th percentile' });

const when = z
  .strictObject({
    model: name.meta({ description: 'the requested model, in full' }).optional(),
    provider: name.meta({ description: 'the provider, as the manifest names it' }).optional(),
    contains: name.meta({ description: 'stands in the last text of the user, in the same case' }).optional(),
    matches: name
      .refine((source) => linearPattern(source) !== undefined, 'no regular expression')
      .meta({ description: 'RE2 expression that is found in the last text of the user: no look-around' })
      .optional(),
    tool_result: name
      .meta({ description: 'the tool whose result came last, after the last word of the model' })
      .optional(),
    turn: z
      .int()
      .nonnegative()
      .meta({ description: 'how many messages of the assistant the request holds' })
      .optional(),
  })
  .meta({
    description:
      'all that is given must hold; nothing given always holds. Of the text of the user the first 10,000 characters count',
  });

const tool = z.strictObject({ name, args: z.record(z.string(), z.json()).default({}) });

const answer = z
  .strictObject({
    text: z.string().optional(),
    json: z.json().optional(),
    tool: tool.optional(),
    tools: z.array(tool).min(1).optional(),
    refusal: z.string().optional(),
  })
  .refine((given) => {
    const kinds = Object.entries(given).flatMap(([kind, value]) => (value === undefined ? [] : [kind]));
    return (
      kinds.length === 1 ||
      (kinds.length === 2 && given.text !== undefined && (given.tool ?? given.tools) !== undefined)
    );
  }, 'needs exactly one of text, json, tool, tools and refusal; a text may stand beside tool or tools')
  .meta({
    description:
      'one of text, json, tool, tools and refusal; a text may stand beside tool or tools. {{input}} stands for the last text of the user, {{last_tool_result}} for what the last tool answered, {{match.1}} for a group of when.matches',
  });

const count = z.int().nonnegative();

const rule = z
  .strictObject({
    when: when.default({}),
    answer,
    usage: z
      .strictObject({ input: count, output: count, cacheRead: count.default(0) })
      .refine(({ input, cacheRead }) => cacheRead <= input, 'cacheRead is part of input')
      .meta({
        description: 'tokens; absent: a quarter of the characters, rounded up. cacheRead is part of input',
      })
      .optional(),
    latency: z
      .strictObject({ firstMs: wait.default(0), betweenMs: waitMs.default(0) })
      .meta({ description: 'until the first token and between tokens; absent: none' })
      .default({ firstMs: 0, betweenMs: 0 }),
    model: name.meta({ description: 'the model that the answer names; absent: the requested one' }).optional(),
  })
  .superRefine((given, context) => {
    const groups = given.when.matches === undefined ? undefined : linearPattern(given.when.matches)?.groups;
    for (const place of placesIn(JSON.stringify(given.answer))) {
      if (isKnownPlace(place, groups)) continue;
      const message = `{{${place}}} is neither input, last_tool_result nor a group of when.matches`;
      context.addIssue({ code: 'custom', path: ['answer'], message });
    }
  });

/** What a simulated provider says. The first rule that holds answers. */
export const scriptSchema = z.strictObject({ rules: z.array(rule).min(1) }).meta({
  description: 'What a simulated provider says (live.upstream.simulated). The first rule that holds answers.',
});

/** A script as read, with its defaults filled in. */
export type Script = z.infer<typeof scriptSchema>;
/** One rule of it: when it holds, and what it answers. */
export type ScriptRule = Script['rules'][number];
