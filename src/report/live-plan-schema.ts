import { z } from 'zod';
import { PROMPT_SDKS } from '../contract/judge.ts';
import { COMMAND_INPUTS, LOAD_SHAPES } from '../contract/live.ts';
import { PROBE_KINDS } from '../contract/probe.ts';

const text = z.string();
const words = z.array(text);
const positive = z.int().min(1);

const target = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('command'), command: words, input: z.enum(COMMAND_INPUTS), passEnv: words }),
  z.strictObject({
    type: z.literal('http'),
    command: words.optional(),
    url: text,
    readyPath: text.optional(),
    passEnv: words,
    request: z.strictObject({ method: text, path: text }),
  }),
  z.strictObject({
    type: z.literal('prompt'),
    sdk: z.enum(PROMPT_SDKS),
    system: text.optional(),
    tools: text.optional(),
    isStream: z.boolean(),
    maxTokens: positive,
  }),
]);

const upstream = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('simulated'), script: text }),
  z.strictObject({ type: z.literal('replay'), cassette: text }),
  z.strictObject({
    type: z.literal('live'),
    providers: z.record(
      text,
      z.strictObject({
        url: text.optional(),
        key: z.union([z.strictObject({ env: text }), z.literal('none')]).optional(),
      }),
    ),
  }),
]);

/** `Plan.live` as published inside a result. */
export const livePlanSchema = z.strictObject({
  target,
  env: z.record(text, text),
  tools: z.record(text, text).optional(),
  upstream,
  runs: positive,
  concurrency: positive,
  timeoutMs: positive,
  judge: z.strictObject({ provider: text, model: text, sdk: z.enum(PROMPT_SDKS), calibration: text }).optional(),
  load: z
    .strictObject({
      perSecond: z.number().positive(),
      forMs: positive,
      shape: z.enum(LOAD_SHAPES),
      inFlight: positive,
    })
    .optional(),
  probes: z
    .strictObject({
      kinds: z.array(z.enum(PROBE_KINDS)).min(1),
      runs: positive,
      scenarios: words,
      env: z.partialRecord(z.enum(PROBE_KINDS), z.record(text, text)),
      refusals: z.record(text, text),
    })
    .optional(),
  budget: z
    .strictObject({ usd: z.number().min(0).optional(), calls: z.int().min(0).optional(), timeMs: positive.optional() })
    .optional(),
});

const timing = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('always') }),
  z.strictObject({ type: z.literal('first'), n: positive }),
  z.strictObject({ type: z.literal('after'), n: positive }),
  z.strictObject({ type: z.literal('every'), n: positive }),
  z.strictObject({ type: z.literal('rate'), share: z.number(), seed: z.int() }),
]);

const match = z.strictObject({
  provider: text.optional(),
  model: text.optional(),
  cloud: text.optional(),
  region: text.optional(),
  path: text.optional(),
});

/** `Plan.drills` as published inside a result. */
export const drillPlanSchema = z.strictObject({
  faults: words,
  scheduled: z.array(z.strictObject({ fault: text, timing, match })),
  runs: positive,
  scenarios: words,
  degraded: text.optional(),
  handedOff: text.optional(),
});

/** `Plan.killSwitch` as published inside a result. */
export const killSwitchSchema = z.strictObject({ command: words, withinMs: positive, restore: words.optional() });
