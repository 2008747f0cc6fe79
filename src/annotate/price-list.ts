import type { ModelPrice, PriceCalculation } from '@pydantic/genai-prices';
import type { PriceLookup, PriceRow, PriceTable, Rate } from '../contract/prices.ts';
import { isKnownProvider, providerId } from '../contract/provider-name.ts';
import { round12 } from '../contract/units.ts';

/** The pinned price list; a test compares it with the installed package. */
export const PRICE_LIST = '@pydantic/genai-prices 0.1.8';
/** The day on which that version was published (npm registry). */
const PRICE_LIST_PUBLISHED = '2026-09-23';

/** Prices of one day, and the rows that were asked for and found. */
export interface ListedPrices {
  readonly lookup: PriceLookup;
  /** ISO date on which the list was published. */
  readonly published: string;
  /** Rows in order of provider and model, so that equal judgements give equal bytes. */
  used(): PriceTable;
}

/**
 * List prices on the day of `date` (ISO date or date-time), from data inside the package: nothing is fetched. The
 * list is loaded here, on first use, because it takes longer to load than the rest of the program.
 * @throws RangeError when `date` does not begin with an ISO date
 */
export async function listPrices(date: string): Promise<ListedPrices> {
  const day = date.slice(0, 10);
  if (Number.isNaN(Date.parse(`${day}T00:00Z`))) throw new RangeError(`${date} is not an ISO date`);
  const list = await import('@pydantic/genai-prices');
  const found = new Map<string | undefined, Map<string, PriceRow | undefined>>();
  const calculate: Calculate = (provider, model, time) => {
    const options = {
      timestamp: new Date(`${day}T${time}Z`),
      ...(provider === undefined ? {} : { providerId: provider }),
    };
    return list.calcPrice({}, model, options) ?? undefined;
  };
  const isListed = (provider: string) => list.findProvider({ providerId: provider })?.id === provider;
  return {
    lookup(provider, model) {
      const byModel = found.get(provider) ?? new Map<string, PriceRow | undefined>();
      found.set(provider, byModel);
      if (!byModel.has(model)) byModel.set(model, resolve({ provider, model, calculate, isListed }));
      return byModel.get(model);
    },
    published: PRICE_LIST_PUBLISHED,
    used: () => ({ list: PRICE_LIST, published: PRICE_LIST_PUBLISHED, date: day, rows: sortedRows(found) }),
  };
}

/** Prices read back from a table, for the pairs in it and no other. */
export function tableLookup(table: PriceTable): PriceLookup {
  const rows = new Map<string | undefined, Map<string, PriceRow>>();
  for (const row of table.rows) rows.set(row.provider, (rows.get(row.provider) ?? new Map()).set(row.model, row));
  return (provider, model) => rows.get(provider)?.get(model);
}

/** The list's answer at a time of day, `HH:MM` in UTC; undefined = not in the list. */
type Calculate = (provider: string | undefined, model: string, time: string) => PriceCalculation | undefined;

interface Question {
  readonly provider: string | undefined;
  readonly model: string;
  readonly calculate: Calculate;
  readonly isListed: (provider: string) => boolean;
}

/** Asks the list by its own provider ids only: by itself it would take any name that contains `openai` for OpenAI. */
function resolve({ provider, model, calculate, isListed }: Question): PriceRow | undefined {
  for (const [id, name] of spellings(provider, model)) {
    if (id !== undefined && !isListed(id)) continue;
    const answer = dearestOfDay((time) => calculate(id, name, time));
    const row = answer && toRow({ provider, model }, answer);
    if (row !== undefined) return row;
  }
  return undefined;
}

/**
 * What to ask for: the names as they stand, then without a prefix that repeats the provider (`openai/gpt-4o`, as
 * gateways write it, and `models/…` of Gemini). A prefix that names another provider is kept.
 */
function spellings(provider: string | undefined, model: string): [string | undefined, string][] {
  const id = provider === undefined ? undefined : providerId(provider);
  const slash = model.indexOf('/');
  const [prefix, bare] = [model.slice(0, Math.max(0, slash)), model.slice(slash + 1)];
  if (prefix === 'models')
    return [
      [id, model],
      [id, bare],
    ];
  if (!isKnownProvider(prefix)) return [[id, model]];
  const named = providerId(prefix);
  return id === undefined || id === named
    ? [
        [id, model],
        [named, bare],
      ]
    : [[id, model]];
}

/** Every half hour: the granularity at which providers vary prices by time of day. */
const HALF_HOURS = Array.from(
  { length: 48 },
  (_, i) => `${String(i >> 1).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`,
);

/** Some models cost more at peak hours; when production traffic comes is not known, so the dearest hour counts. */
function dearestOfDay(at: (time: string) => PriceCalculation | undefined): PriceCalculation | undefined {
  const first = at('00:00');
  if (first === undefined || !isTimed(first)) return first;
  const weight = ({ model_price: price }: PriceCalculation) =>
    baseOf(price['input_mtok']) + baseOf(price['output_mtok']);
  return HALF_HOURS.flatMap((time) => at(time) ?? []).reduce((dearest, next) =>
    weight(next) > weight(dearest) ? next : dearest,
  );
}

function isTimed({ model }: PriceCalculation): boolean {
  return Array.isArray(model.prices) && model.prices.some(({ constraint }) => constraint?.type === 'time_of_date');
}

type Price = ModelPrice[string];

function baseOf(price: Price): number {
  return typeof price === 'object' ? price.base : (price ?? 0);
}

/** Undefined for a model without a price per input token: audio and images are billed in other meters. */
function toRow(asked: Pick<PriceRow, 'provider' | 'model'>, answer: PriceCalculation): PriceRow | undefined {
  const price = answer.model_price;
  const [input, output] = [toRate(price['input_mtok']), toRate(price['output_mtok'])];
  if (input === undefined) return undefined;
  return {
    ...asked,
    listProvider: answer.provider.id,
    listModel: answer.model.id,
    input,
    output,
    cacheRead: toRate(price['cache_read_mtok']),
    cacheWrite: toRate(price['cache_write_mtok']),
    cacheWriteLong: toRate(price['cache_write_1h_mtok']),
    contextTokens: answer.model.context_window,
    nanoUsdPerRequest: round12(baseOf(price['requests_kcount']) * 1e6),
  };
}

/** USD per million tokens → nano-USD per token. */
function toRate(price: Price): Rate | undefined {
  if (price === undefined) return undefined;
  const tiers = typeof price === 'object' ? price.tiers : [];
  return {
    nanoUsdPerToken: round12(baseOf(price) * 1_000),
    tiers: tiers
      .map(({ start, price: tierPrice }) => ({ above: start, nanoUsdPerToken: round12(tierPrice * 1_000) }))
      .sort((a, b) => a.above - b.above),
  };
}

function sortedRows(found: ReadonlyMap<string | undefined, ReadonlyMap<string, PriceRow | undefined>>): PriceRow[] {
  const key = ({ provider, model }: PriceRow) => JSON.stringify([provider ?? '', model]);
  return [...found.values()]
    .flatMap((byModel) => [...byModel.values()])
    .filter((row) => row !== undefined)
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
