import type { Lane } from './gate.ts';
import type { RunResult } from './result.ts';
import type { Measurement } from './units.ts';

/** One workload among many: what a platform team asks first. */
export interface PortfolioRow {
  readonly workload: string;
  readonly owner: string;
  readonly lane: Lane;
  readonly decision: RunResult['decision'];
  readonly blocking: boolean;
  /** Monthly cost as judged against its limit; undefined = nothing was measured. */
  readonly monthlyCost: { readonly measured: Measurement; readonly limit: Measurement | undefined } | undefined;
  /** Against the baseline: what failed or stayed open, or that nothing did; undefined = nothing was compared. */
  readonly drift: string | undefined;
  /** Days until evidence, a model or an acceptance runs out, and which does first; undefined = not known. */
  readonly expiry: { readonly days: number; readonly what: string } | undefined;
  /** Ids of the blocking checks that failed, then of those that stayed open. */
  readonly because: readonly string[];
  /** Folder of the bundle, as shown to the user. */
  readonly bundle: string;
}

/** A workload that could not be judged at all, such as one whose manifest is invalid. */
export interface UnjudgedWorkload {
  /** As named by the user. */
  readonly target: string;
  readonly error: string;
}

export interface Portfolio {
  readonly schemaVersion: 1;
  readonly evaluatedAt: string;
  /** Worst first, then by name. */
  readonly rows: readonly PortfolioRow[];
  readonly unjudged: readonly UnjudgedWorkload[];
}
