import type { EvidenceKind, EvidenceRef } from './evidence.ts';
import type { GateId, Severity } from './gate.ts';
import type { MissingInput } from './measure.ts';
import type { LimitOrigin } from './plan.ts';
import type { Measurement } from './units.ts';

/** What came of a check; the engine alone says `not-applicable` and `error` (the check threw). */
export const OUTCOMES = ['pass', 'fail', 'inconclusive', 'not-applicable', 'error'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a check returned, or what the engine had to say on its behalf, in the form that is published. */
export interface Finding {
  readonly checkId: string;
  readonly gate: GateId;
  readonly title: string;
  readonly outcome: Outcome;
  readonly severity: Severity;
  /** Why a blocking check counts as advisory; null when it does not. */
  readonly advisoryBecause: string | null;
  /** Null where nothing was compared. */
  readonly measured: Measurement | null;
  readonly limit: Measurement | null;
  /** Which of the check's limits `limit` is, a key of `limitOrigins`; null where it is none of them. */
  readonly limitName: string | null;
  /** The point estimate beside the bound that was compared; null where they are the same. */
  readonly estimate: Measurement | null;
  /** How many were counted: runs, or calls where the message says so; null where nothing was. */
  readonly n: number | null;
  /** Kinds of evidence the number rests on; empty where nothing was seen. */
  readonly kind: readonly EvidenceKind[];
  readonly message: string;
  /** What is missing, for inconclusive findings. */
  readonly missing: MissingInput | null;
  readonly remedy: readonly string[];
  /** Where each limit came from, by limit name. */
  readonly limitOrigins: Readonly<Record<string, LimitOrigin>>;
  readonly evidence: readonly EvidenceRef[];
}

/** Whether it did not hold or could not be judged because the check threw. */
export function isFailing({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === 'fail' || outcome === 'error';
}
