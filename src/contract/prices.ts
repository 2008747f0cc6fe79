/** Price of one meter in nano-USD per token, with the rate that replaces it when the call's input exceeds `above`. */
export interface Rate {
  readonly nanoUsdPerToken: number;
  readonly tiers: readonly { readonly above: number; readonly nanoUsdPerToken: number }[];
}

/** What a model charges per token and per request. */
export interface Rates {
  readonly input: Rate;
  /** Undefined: the model writes no text, as embedding models do. */
  readonly output: Rate | undefined;
  /** Undefined: charged like ordinary input. */
  readonly cacheRead: Rate | undefined;
  readonly cacheWrite: Rate | undefined;
  /** For what is kept for an hour. Undefined: charged like other cache writes. */
  readonly cacheWriteLong: Rate | undefined;
  /** Per request, on top. */
  readonly nanoUsdPerRequest: number;
}

/** List prices of one model, as resolved for one provider and model name on one day. */
export interface PriceRow extends Rates {
  /** As recorded, before resolution; undefined = the provider was not recorded and the model alone was looked up. */
  readonly provider: string | undefined;
  readonly model: string;
  /** Ids in the price list that answered. */
  readonly listProvider: string;
  readonly listModel: string;
  /** Longest input the model takes, in tokens; undefined = the list does not say. */
  readonly contextTokens: number | undefined;
}

/** The rows a judgement used, with their origin: written into the bundle, read back by verify. */
export interface PriceTable {
  /** Name and version of the price list. */
  readonly list: string;
  /** ISO date on which that version of the list was published. */
  readonly published: string;
  /** ISO date the prices hold for. */
  readonly date: string;
  readonly rows: readonly PriceRow[];
}

/** Finds the prices of a model; undefined = unknown, never free. Deterministic per pair. */
export type PriceLookup = (provider: string | undefined, model: string) => PriceRow | undefined;

/** What a contract says instead of the price list. */
export type ContractTerms =
  /** A share off every list price, 0–1. */
  | { readonly kind: 'discount'; readonly ratio: number }
  | ({ readonly kind: 'rates' } & Rates)
  /** Bought in units of throughput: what calls use costs nothing, the units do. */
  | {
      readonly kind: 'provisioned';
      readonly units: number;
      readonly usdPerUnitMonth: number;
      /** Tokens of input a unit takes in a minute; a token of output counts as `outputWeight` of input. */
      readonly inputTokensPerMinute: number;
      readonly outputWeight: number;
    }
  /** Own machines, in replicas of `gpus`. */
  | {
      readonly kind: 'gpus';
      readonly usdPerGpuHour: number;
      readonly gpus: number;
      readonly minReplicas: number;
      readonly inputTokensPerSecond: number;
      readonly outputTokensPerSecond: number;
      /** Share of the throughput that is really reached, above 0 up to 1. */
      readonly utilisation: number;
    };

export interface Contract {
  /** Provider under any of its names; undefined = every provider. */
  readonly provider: string | undefined;
  /** Model name with `*` for any text. */
  readonly model: string;
  /** ISO date from which it holds; undefined = always. */
  readonly effective: string | undefined;
  /** Where it is written down, such as an order form. */
  readonly source: string;
  readonly terms: ContractTerms;
}

/** How calls are priced, beyond the price list. Set by the base policy alone, because it lowers what is shown. */
export interface Pricing {
  /** Oldest price list that may pass, in days since it was published; undefined = any. */
  readonly maxAgeDays: number | undefined;
  /** Factors on list prices by tier of service, in lower case. A tier that is not here has no price. */
  readonly serviceTiers: Readonly<Record<string, number>>;
  /** The first that matches counts. */
  readonly contracts: readonly Contract[];
}

/**
 * Tiers without a surcharge or discount under the names providers give them, batch and flex at half price, priority at
 * twice. Sources, read 2026-11-21: LiteLLM's price table for gpt-5 (`input_cost_per_token_batches`, `_flex`,
 * `_priority`); Anthropic's documentation of `service_tier` (standard, priority, batch).
 */
export const SERVICE_TIERS: Readonly<Record<string, number>> = {
  default: 1,
  standard: 1,
  standard_only: 1,
  auto: 1,
  on_demand: 1,
  batch: 0.5,
  flex: 0.5,
  priority: 2,
};
