import { z } from 'zod';
import { CLIENT_CAPABILITIES } from '../contract/served/served-tools.ts';

const text = z.string();
const words = z.array(text);

const target = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('command'), command: words, passEnv: words, env: z.record(text, text) }),
  z.strictObject({ type: z.literal('http'), url: text, headers: z.record(text, text) }),
]);

/** `Plan.mcp` as published inside a result. */
export const mcpPlanSchema = z.record(
  text,
  z.strictObject({
    target,
    capabilities: z.array(z.enum(CLIENT_CAPABILITIES)),
    only: words.optional(),
    timeoutMs: z.int().min(1),
  }),
);
