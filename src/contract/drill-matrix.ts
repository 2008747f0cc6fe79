import { DRILL_CLASSES } from './drill.ts';
import type { EvidenceKind, EvidenceRef } from './evidence.ts';

/** What drills are counted by: their class, or `untold` where it cannot be told. */
export const DRILL_OUTCOMES = [...DRILL_CLASSES, 'untold'] as const;
export type DrillOutcome = (typeof DRILL_OUTCOMES)[number];

/** In which order a reader wants to see them. */
export const WORST_FIRST: readonly DrillOutcome[] = [
  'failed-unsafe',
  'hung',
  'storm',
  'failed-safe',
  'untold',
  'not-exercised',
  'handed-off',
  'degraded',
  'switched',
  'recovered',
];

/** The drills of an evaluation in short: what each fault came to. The runs themselves are in `files/drills.json`. */
export interface DrillMatrix {
  /** Where the answers came from that the faults were put into; empty when no drill was made. */
  readonly kinds: readonly EvidenceKind[];
  /** One for each drill that was planned, in the order of the plan, and for each other that was made. */
  readonly rows: readonly DrillRow[];
  /** Requests that went around the proxy: what they did was not seen. */
  readonly bypassed: number;
  /** Why drills were left out; null = all that were planned ran. */
  readonly stopped: string | null;
}

/** All runs with one fault and one schedule, over the drilled scenarios. */
export interface DrillRow {
  readonly fault: string;
  /** When it was there, and for whom; null = it lasted. */
  readonly schedule: string | null;
  /** Runs made; fewer than planned where drills were left out. */
  readonly runs: number;
  /** Runs by what they came to; they add up to `runs`. */
  readonly outcomes: Readonly<Record<DrillOutcome, number>>;
  /** ms from the first request that met the fault to the first whole answer from elsewhere, ≥ 0; null = none switched. */
  readonly slowestSwitchMs: number | null;
  readonly attempts: DrillAttempts;
  /** US dollars of all complete answers at list price; null = some had no price. */
  readonly costUsd: number | null;
  /** What users would have seen: one run for each outcome that occurred, worst first. */
  readonly seen: readonly DrillView[];
}

/** Requests of all runs with a fault, and how many of them asked again. */
export interface DrillAttempts {
  readonly total: number;
  /** Repeated by the client library, as its own counter says; of the first 50 attempts of a run. */
  readonly byClient: number;
  /** Repeated by the application; of the first 50 attempts of a run. */
  readonly byApplication: number;
}

/** The run that stands for those of one outcome. */
export interface DrillView {
  readonly outcome: DrillOutcome;
  readonly scenario: string;
  /** Redacted and cut; null = nothing. */
  readonly answer: string | null;
  readonly ref: EvidenceRef;
}
