import type { AnyMeasure, ValueOf } from './measure.ts';

/** An earlier evaluation to compare with, taken from its bundle. */
export interface Baseline {
  readonly runId: string;
  readonly evaluatedAt: string;
  readonly artifactsDigest: string;
  /** The finished value of a measure, over the same classes of runs as today's; undefined = it saw nothing. */
  valueOf<M extends AnyMeasure>(measure: M): ValueOf<M> | undefined;
}
