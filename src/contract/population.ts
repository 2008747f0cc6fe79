import type { EvidenceKind } from './evidence.ts';

/** Why spans of a recording became no step. Counts of spans. */
export interface IgnoredSpans {
  /** Instrumentation scope, or the span name where no scope was recorded. */
  readonly scope: string;
  readonly count: number;
}

/** What a recording turned out to be. */
export const RECORDING_FORMS = ['otlp-json', 'hand-written', 'empty', 'unrecognised'] as const;

/** What was read of one declared source. Counts are exact; nothing is dropped without being counted. */
export interface SourcePopulation {
  readonly recording: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly form: (typeof RECORDING_FORMS)[number];
  readonly kind: EvidenceKind;
  readonly lines: number;
  readonly spans: number;
  readonly steps: number;
  readonly runs: number;
  /** Largest first, at most 10 scopes; the rest is summed under `(other scopes)`. */
  readonly ignored: readonly IgnoredSpans[];
  readonly duplicateSpans: number;
  /** Spans whose end lies before their start. */
  readonly backwardClocks: number;
  /** What could not be read, first 5: with it the source is incomplete and nothing that needs it can pass. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  readonly problemCount: number;
}

/** What all sources together yielded. */
export interface Population {
  readonly sources: readonly SourcePopulation[];
  readonly runs: number;
  /** Runs that match exactly this scenario, whatever their kind and binding; every declared scenario has an entry. */
  readonly runsByScenario: Readonly<Record<string, number>>;
  readonly unmatchedRuns: number;
  readonly ambiguousRuns: number;
}
