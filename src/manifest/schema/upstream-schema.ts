import { z } from 'zod';
import { insidePath, text } from './values.ts';

const provider = z.strictObject({
  url: z
    .string()
    .regex(
      /^https?:\/\/[^\s/@?#]+(?:\/[^\s?#]*)?$/,
      'an address such as https://gateway.example/v1, without a key in it',
    )
    .meta({ description: 'Its address, with the version where it has one; default: the known one of the provider' })
    .optional(),
  key: z
    .union([z.literal('none'), z.string().regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'env:NAME or none')])
    .meta({ description: 'env:NAME of the variable that holds the key, or none; default env:<PROVIDER>_API_KEY' })
    .optional(),
});

/** `live.upstream`: exactly one of its members. */
export const upstreamSchema = z
  .strictObject({
    simulated: insidePath('Script of the simulated provider').optional(),
    replay: insidePath('Cassette that aigate record wrote').optional(),
    live: z
      .record(text('Name of a provider, as under models'), provider)
      .meta({ description: 'Real providers that may be asked, by name; they cost money, and no other is asked' })
      .optional(),
  })
  .superRefine((given, context) => {
    if (Object.values(given).filter((value) => value !== undefined).length !== 1) {
      context.addIssue({ code: 'custom', message: 'expected one of simulated, replay and live' });
    } else if (given.live !== undefined && Object.keys(given.live).length === 0) {
      context.addIssue({ code: 'custom', path: ['live'], message: 'expected at least one provider' });
    }
  })
  .meta({ description: 'Who answers the model calls' });
