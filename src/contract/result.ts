import type { DrillMatrix } from './drill-matrix.ts';
import type { Finding, Outcome } from './finding.ts';
import type { GateId, Lane, Stage } from './gate.ts';
import type { Plan } from './plan.ts';
import type { Population } from './population.ts';
import type { DefinitionChange } from './served/definition-changes.ts';
import type { ToolMatrix } from './tool-use.ts';

export const DECISIONS = ['pass', 'fail', 'inconclusive'] as const;
export type Decision = (typeof DECISIONS)[number];

/** The outcome of one gate: the worst of its blocking findings. */
export interface GateResult {
  readonly id: GateId;
  readonly outcome: Exclude<Outcome, 'error'>;
  readonly question: string;
  /** Number of findings by outcome, advisories included. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** For a gate that is not applicable: the declaration that made it so. */
  readonly because: string | null;
}

export interface Verdict {
  readonly decision: Decision;
  readonly stage: Stage;
  readonly lane: Lane;
  /** Whether this stops the pipeline in this lane and stage; separate from the decision. */
  readonly blocking: boolean;
  /** Whether a release statement may be written. Never for a demo workload or the experimental lane. */
  readonly releasable: boolean;
  /** Why not, for a passing decision that may still not be released; null otherwise. */
  readonly notReleasableBecause: string | null;
  readonly exitCode: 0 | 1 | 3;
  readonly gates: readonly GateResult[];
}

/** A file the result refers to by id. */
export interface ArtifactRef {
  readonly id: string;
  readonly path: string;
  readonly sha256: string;
}

/**
 * Everything a report may show, and the very content of `files/results.json`. Reports read nothing else.
 */
export interface RunResult extends Verdict {
  readonly schemaVersion: 1;
  /** UUID of this evaluation. */
  readonly runId: string;
  readonly tool: { readonly name: 'aigate'; readonly version: string };
  readonly evaluatedAt: string;
  readonly plan: Plan;
  readonly population: Population;
  readonly artifacts: readonly ArtifactRef[];
  readonly findings: readonly Finding[];
  readonly card: Card;
  /** What tools may do and what their calls came to; null = nothing is declared of tools. */
  readonly authority: ToolMatrix | null;
  /** What tool servers serve otherwise than was reviewed; null = nothing was compared. */
  readonly definitionChanges: readonly DefinitionChange[] | null;
  /** The drills in short; null = none were made. */
  readonly drills: DrillMatrix | null;
}

/** How a line of the card reads: it holds, it does not, it is not proven, or it only informs. */
export const TONES = ['good', 'bad', 'open', 'plain'] as const;

/** The one-page summary; every line is computed from plan, findings and verdict. */
export interface Card {
  readonly headline: string;
  readonly rows: readonly {
    readonly label: string;
    readonly value: string;
    readonly tone: (typeof TONES)[number];
  }[];
  readonly decision: string;
}
