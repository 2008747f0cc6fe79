import { z } from 'zod';
import { LOAD_SHAPES } from '../../contract/live.ts';
import { count, duration, toMs } from './values.ts';

/** Far beyond what one machine drives, and short enough to be planned. */
const MOST_ARRIVALS = 100_000;

/** Reads what the rate of a load accepts. */
export function perSecondOf(rate: string): number {
  const [amount, unit] = rate.split('/');
  return Number(amount) / (unit === 'm' ? 60 : 1);
}

const rateError = 'a rate such as 3/s, 0.5/s or 30/m';

/** `live.load`. */
export const load = z
  .strictObject({
    rate: z
      .string(rateError)
      .regex(/^(?=.*[1-9])\d{1,5}(?:\.\d{1,3})?\/[sm]$/, rateError)
      .meta({ description: 'Arrivals; traffic.peakPerSecond says how many are to be proved' }),
    for: duration('How long they arrive'),
    shape: z.enum(LOAD_SHAPES).meta({ description: 'How they are spread; default constant' }).optional(),
    inFlight: count(
      'Runs under way at most; who arrives beyond that is turned away, which counts as failed; default 64',
      1_000,
    ).optional(),
  })
  .refine(({ rate, for: time }) => (perSecondOf(rate) * (toMs(time) ?? 0)) / 1_000 <= MOST_ARRIVALS, {
    error: `expected at most ${MOST_ARRIVALS} arrivals: lower the rate or the time`,
  })
  .meta({
    description: 'Runs that arrive whatever becomes of the earlier ones, each timed from when it was meant to start',
  });

/** `live.budget`. */
export const budget = z
  .strictObject({
    usd: z
      .number()
      .min(0)
      .meta({ description: 'Money for calls that a provider answers; needs a price for each model' }),
    calls: z.int().min(0).meta({ description: 'Requests to models, simulated ones included' }),
    time: duration('Wall time of all runs together'),
  })
  .partial()
  .refine((limits) => Object.keys(limits).length > 0, 'expected usd, calls or time')
  .meta({ description: 'The most that live runs and drills may use together; what does not fit is left out and said' });
