/** When one model of one provider stops answering. */
export interface ModelLifecycle {
  /** Id of the provider in the price list's terms. */
  readonly provider: string;
  /** Bare model name, as `modelName` gives it. */
  readonly model: string;
  readonly status: 'active' | 'deprecated' | 'retired';
  /** ISO date of the shutdown; undefined = none is announced. */
  readonly shutdown: string | undefined;
  readonly replacement: string | undefined;
}

/** What is known of lifecycles, with its age: a dated copy that grows stale. */
export interface LifecycleTable {
  /** ISO date on which the sources were read. */
  readonly readOn: string;
  readonly sources: readonly string[];
  readonly models: readonly ModelLifecycle[];
}

/** Finds the lifecycle of a model under any of its names; undefined = unknown, which is not active. */
export type LifecycleLookup = (provider: string, model: string) => ModelLifecycle | undefined;
