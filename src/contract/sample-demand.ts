/**
 * How much a check has to see before it can pass, said before anything is observed.
 * `share`: at most `allowed` (0–1, above 0) of the units may fail, to be proved with the usual confidence.
 * `count`: at least `least` of them must be seen.
 */
export type SampleDemand = {
  /** The limit in the manifest's own words, such as `rate>=0.995`. */
  readonly claim: string;
  readonly unit: 'runs' | 'calls' | 'trials' | 'tasks';
  /** Where they are counted: over everything, or in every scenario or for every fallback by itself. */
  readonly per: 'workload' | 'scenario' | 'fallback';
} & ({ readonly kind: 'share'; readonly allowed: number } | { readonly kind: 'count'; readonly least: number });
