import type { EvidenceKind } from './evidence.ts';
import type { LiveTraffic } from './live-traffic.ts';

/** Why spans of a recording became no step. Counts of spans. */
export interface IgnoredSpans {
  /** Instrumentation scope, or the span name where no scope was recorded. */
  readonly scope: string;
  readonly count: number;
}

/** What a recording turned out to be. */
export const RECORDING_FORMS = [
  'otlp-json',
  'spans',
  'hand-written',
  'messages',
  'langfuse',
  'litellm',
  'inspect',
  'promptfoo',
  'langsmith',
  'claude-code',
  'empty',
  'unrecognised',
] as const;
export type RecordingForm = (typeof RECORDING_FORMS)[number];

/** What was read of one declared source. Counts are exact; nothing is dropped without being counted. */
export interface SourcePopulation {
  readonly recording: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly form: RecordingForm;
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
  /** Steps whose recorded times cannot be true, such as seconds where milliseconds were meant; they have no duration. */
  readonly impossibleTimes: number;
  /** Runs that repeat another run under another id, step for step and microsecond for microsecond; they do not count. */
  readonly copiedRuns: number;
  /** Spans that say that others like them were left out. */
  readonly sampledSpans: number;
  /** Spans by the conventions they are written in, most first; only spans that have any. */
  readonly dialects: readonly { readonly name: string; readonly spans: number }[];
  /** What could not be read, first 5: with it the source is incomplete and nothing that needs it can pass. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  readonly problemCount: number;
  /** Runs that were planned and not made, and why; absent = none is known. */
  readonly leftOut?: { readonly runs: number; readonly reason: string };
  /** What the proxy saw while aigate made its runs; absent = it did not make them. */
  readonly live?: LiveTraffic;
}

/** What all sources together yielded. */
export interface Population {
  readonly sources: readonly SourcePopulation[];
  readonly runs: number;
  /** Runs that match exactly this scenario, whatever their kind and binding; every declared scenario has an entry. */
  readonly runsByScenario: Readonly<Record<string, number>>;
  readonly unmatchedRuns: number;
  readonly ambiguousRuns: number;
  /** Runs of loads, which are in none of the counts above; absent = none. */
  readonly loadRuns?: number;
  /** The same of cases of user harm. */
  readonly harmRuns?: number;
}
