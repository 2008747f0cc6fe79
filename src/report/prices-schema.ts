import { z } from 'zod';

const text = z.string();
const price = z.number().min(0);

const rate = z.strictObject({
  nanoUsdPerToken: price,
  tiers: z.array(z.strictObject({ above: price, nanoUsdPerToken: price })),
});

const terms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('discount'), ratio: price }),
  z.strictObject({
    kind: z.literal('rates'),
    input: rate,
    output: rate.optional(),
    cacheRead: rate.optional(),
    cacheWrite: rate.optional(),
    cacheWriteLong: rate.optional(),
    nanoUsdPerRequest: price,
  }),
  z.strictObject({
    kind: z.literal('provisioned'),
    units: price,
    usdPerUnitMonth: price,
    inputTokensPerMinute: price,
    outputWeight: price,
  }),
  z.strictObject({
    kind: z.literal('gpus'),
    usdPerGpuHour: price,
    gpus: price,
    minReplicas: price,
    inputTokensPerSecond: price,
    outputTokensPerSecond: price,
    utilisation: price,
  }),
]);

/** `Pricing` as published inside a result; see `planSchema`. */
export const pricingSchema = z.strictObject({
  maxAgeDays: price.optional(),
  serviceTiers: z.record(text, price),
  contracts: z.array(
    z.strictObject({
      provider: text.optional(),
      model: text,
      effective: text.optional(),
      source: text,
      terms,
    }),
  ),
});
