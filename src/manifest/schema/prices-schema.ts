import { z } from 'zod';
import type { DeclaredPrices } from '../../contract/manifest.ts';
import type { Contract, ContractTerms, Rate } from '../../contract/prices.ts';
import { identifier, isoDate, text } from './values.ts';

const usd = (description: string) => z.number().nonnegative().meta({ description });
const positive = (description: string) => z.number().positive().meta({ description });

const perMTok = z
  .strictObject({
    input: usd('Input'),
    output: usd('Output').optional(),
    cacheRead: usd('Input read from the cache. Absent: charged as input').optional(),
    cacheWrite5m: usd('Input written to the cache for five minutes. Absent: charged as input').optional(),
    cacheWrite1h: usd('Input written to the cache for an hour. Absent: as for five minutes').optional(),
  })
  .meta({ description: 'US dollars per million tokens' });

const provisioned = z
  .strictObject({
    units: positive('Units bought'),
    unitPriceMonthly: usd('US dollars per unit and month'),
    capacity: z
      .strictObject({
        inputTPM: positive('Input tokens a unit takes in a minute'),
        outputWeight: positive('Input tokens that one output token counts as'),
      })
      .meta({ description: 'What one unit can do' }),
  })
  .meta({ description: 'Throughput bought in units: calls cost nothing, the units do' });

const gpuHour = z
  .strictObject({
    price: usd('US dollars per GPU and hour'),
    gpus: positive('GPUs of one replica'),
    throughput: z
      .strictObject({
        inputTokPerSec: positive('Input tokens a replica takes in a second'),
        outputTokPerSec: positive('Output tokens a replica writes in a second'),
      })
      .meta({ description: 'What one replica can do' }),
    utilisation: z.number().gt(0).max(1).meta({ description: 'Share of the throughput that is reached' }),
    minReplicas: z.int().min(0).meta({ description: 'Replicas that always run' }),
  })
  .meta({ description: 'Own machines: calls cost nothing, the machines do' });

const TERMS = ['discount', 'perMTok', 'provisioned', 'gpuHour'] as const;

const contract = z
  .strictObject({
    match: z
      .strictObject({
        provider: text('Provider under any of its names. Absent: every provider').optional(),
        model: text('Model as recorded, * for any text'),
      })
      .meta({ description: 'The calls it holds for' }),
    discount: z
      .union([
        z.number().min(0).max(1),
        z.string().regex(/^(?:100|\d{1,2}(?:\.\d+)?)\s*%$/, 'a share from 0 to 1, or a percentage such as 18%'),
      ])
      .meta({ description: 'Off every list price, as a share from 0 to 1 or as 18%' })
      .optional(),
    perMTok: perMTok.optional(),
    perRequest: usd('US dollars per request, with perMTok').optional(),
    provisioned: provisioned.optional(),
    gpuHour: gpuHour.optional(),
    effective: isoDate('First day on which it holds. Absent: always').optional(),
    source: text('Where it is written down, such as an order form'),
  })
  .superRefine((entry, context) => {
    const named = TERMS.filter((name) => entry[name] !== undefined);
    const message = `expected exactly one of ${TERMS.join(', ')}, got ${named.length === 0 ? 'none' : named.join(', ')}`;
    if (named.length !== 1) context.addIssue({ code: 'custom', message });
    else if (entry.perRequest !== undefined && entry.perMTok === undefined) {
      context.addIssue({ code: 'custom', message: 'perRequest needs perMTok', path: ['perRequest'] });
    }
  })
  .meta({ description: 'A price agreed with a provider, or the cost of own machines' });

export const pricesSchema = z
  .strictObject({
    maxAgeDays: z.int().min(1).meta({ description: 'Oldest price list that may pass, in days' }).optional(),
    serviceTiers: z
      .record(identifier('Tier as recorded, in lower case'), z.number().nonnegative())
      .meta({ description: 'Factors on list prices by tier of service, beside the built-in ones' })
      .optional(),
    contracts: z.array(contract).meta({ description: 'The first that matches a call sets its price' }).optional(),
  })
  .meta({ description: 'How calls are priced. Only the base policy counts, because contracts lower what is shown' });

type PricesInput = z.infer<typeof pricesSchema>;
type ContractInput = z.infer<typeof contract>;

export function toPrices(prices: PricesInput | undefined): DeclaredPrices | undefined {
  if (prices === undefined) return undefined;
  const { maxAgeDays, serviceTiers, contracts } = prices;
  return { maxAgeDays, serviceTiers: serviceTiers ?? {}, contracts: (contracts ?? []).map(toContract) };
}

function toContract(entry: ContractInput): Contract {
  const { match, effective, source } = entry;
  return { provider: match.provider, model: match.model, effective, source, terms: toTerms(entry) };
}

function toTerms(entry: ContractInput): ContractTerms {
  if (entry.provisioned !== undefined) {
    const { units, unitPriceMonthly, capacity } = entry.provisioned;
    return {
      kind: 'provisioned',
      units,
      usdPerUnitMonth: unitPriceMonthly,
      inputTokensPerMinute: capacity.inputTPM,
      outputWeight: capacity.outputWeight,
    };
  }
  if (entry.gpuHour !== undefined) {
    const { price, gpus, throughput, utilisation, minReplicas } = entry.gpuHour;
    return {
      kind: 'gpus',
      usdPerGpuHour: price,
      gpus,
      minReplicas,
      inputTokensPerSecond: throughput.inputTokPerSec,
      outputTokensPerSecond: throughput.outputTokPerSec,
      utilisation,
    };
  }
  if (entry.perMTok !== undefined) {
    const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = entry.perMTok;
    return {
      kind: 'rates',
      input: rate(input),
      output: optionalRate(output),
      cacheRead: optionalRate(cacheRead),
      cacheWrite: optionalRate(cacheWrite5m),
      cacheWriteLong: optionalRate(cacheWrite1h ?? cacheWrite5m),
      nanoUsdPerRequest: (entry.perRequest ?? 0) * 1e9,
    };
  }
  return { kind: 'discount', ratio: toRatio(entry.discount ?? 0) };
}

function toRatio(discount: number | string): number {
  return typeof discount === 'number' ? discount : Number.parseFloat(discount) / 100;
}

/** USD per million tokens → nano-USD per token. */
function rate(usdPerMTok: number): Rate {
  return { nanoUsdPerToken: Number((usdPerMTok * 1_000).toPrecision(12)), tiers: [] };
}

function optionalRate(usdPerMTok: number | undefined): Rate | undefined {
  return usdPerMTok === undefined ? undefined : rate(usdPerMTok);
}
