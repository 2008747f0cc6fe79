/** Price of one meter in nano-USD per token, with the rate that replaces it when the call's input exceeds `above`. */
export interface Rate {
  readonly nanoUsdPerToken: number;
  readonly tiers: readonly { readonly above: number; readonly nanoUsdPerToken: number }[];
}

/** List prices of one model, as resolved for one provider and model name on one day. */
export interface PriceRow {
  /** As recorded, before resolution; undefined = the provider was not recorded and the model alone was looked up. */
  readonly provider: string | undefined;
  readonly model: string;
  /** Ids in the price list that answered. */
  readonly listProvider: string;
  readonly listModel: string;
  readonly input: Rate;
  readonly output: Rate;
  /** Undefined: charged like ordinary input. */
  readonly cacheRead: Rate | undefined;
  readonly cacheWrite: Rate | undefined;
  /** Per request, on top. */
  readonly nanoUsdPerRequest: number;
}

/** The rows a judgement used, with their origin: written into the bundle, read back by verify. */
export interface PriceTable {
  /** Name and version of the price list. */
  readonly list: string;
  /** ISO date the prices hold for. */
  readonly date: string;
  readonly rows: readonly PriceRow[];
}

/** Finds the prices of a model; undefined = unknown, never free. Deterministic per pair. */
export type PriceLookup = (provider: string | undefined, model: string) => PriceRow | undefined;
