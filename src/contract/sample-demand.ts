/**
 * How much a check has to see before it can pass, said before anything is observed.
 * `share`: at most `allowed` (0–1, above 0) of the units may fail, to be proved with the usual confidence.
 * `count`: at least `least` of them must be seen.
 */
export type SampleDemand = {
  /** The limit in the manifest's own words, such as `rate>=0.995`. */
  readonly claim: string;
  readonly unit: 'runs' | 'calls' | 'trials' | 'tasks' | 'drills';
  /** Where they are counted: over everything, or in every scenario or for every fallback by itself. */
  readonly per: 'workload' | 'scenario' | 'fallback' | 'fault in each drilled scenario';
} & (
  | { readonly kind: 'share'; readonly allowed: number }
  | {
      readonly kind: 'count';
      readonly least: number;
      /** What the evaluation makes itself, and how many of it; absent = it is counted in what is there. */
      readonly planned?: readonly { readonly name: string; readonly units: number }[];
    }
);
