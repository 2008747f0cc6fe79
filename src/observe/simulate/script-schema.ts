import { z } from 'zod';
import { linearPattern } from './linear-pattern.ts';
import { isKnownPlace, placesIn } from './template.ts';

/** The longest wait a script may ask for: timers overflow above 24 days, and no provider keeps anybody waiting so long. */
export const MAX_WAIT_MS = 600_000;

const waitMs = z.number().nonnegative().max(MAX_WAIT_MS);
const name = z.string().min(1);

/** A wait in ms: always the same, or log-normal with this median and 95th percentile. */
const wait = z.union([
  waitMs,
  z
    .strictObject({ median: waitMs.positive(), p95: waitMs.positive() })
    .refine(({ median, p95 }) => p95 >= median, 'p95 must not be below the median'),
]);

/** All that is given must hold; an empty condition always holds. Of the user's text the first 10,000 characters count. */
const when = z.strictObject({
  /** The requested model, in full. */
  model: name.optional(),
  /** The provider's name as declared for the workload. */
  provider: name.optional(),
  /** Stands in the last text of the user, in the same case. */
  contains: name.optional(),
  /** Regular expression, without look-around and back-references, that is found in the last text of the user. */
  matches: name.refine((source) => linearPattern(source) !== undefined, 'no regular expression').optional(),
  /** The tool whose result came last, after the last word of the model. */
  tool_result: name.optional(),
  /** How many messages of the assistant the request holds. */
  turn: z.int().nonnegative().optional(),
});

const tool = z.strictObject({ name, args: z.record(z.string(), z.json()).default({}) });

/** Exactly one kind of answer; a text may stand before tools. */
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
  }, 'needs exactly one of text, json, tool, tools and refusal; a text may stand beside tool or tools');

const count = z.int().nonnegative();

const rule = z
  .strictObject({
    when: when.default({}),
    answer,
    /** Tokens; absent: a quarter of the characters, rounded up. `cacheRead` is part of `input`. */
    usage: z
      .strictObject({ input: count, output: count, cacheRead: count.default(0) })
      .refine(({ input, cacheRead }) => cacheRead <= input, 'cacheRead is part of input')
      .optional(),
    /** Absent: at once. */
    latency: z
      .strictObject({ firstMs: wait.default(0), betweenMs: waitMs.default(0) })
      .default({ firstMs: 0, betweenMs: 0 }),
    /** The model that the answer names; absent: the requested one. */
    model: name.optional(),
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
export const scriptSchema = z.strictObject({ rules: z.array(rule).min(1) });

/** A script as read, with its defaults filled in. */
export type Script = z.infer<typeof scriptSchema>;
/** One rule of it: when it holds, and what it answers. */
export type ScriptRule = Script['rules'][number];
