import type { EvidenceRef } from './evidence.ts';

/**
 * What the policy says of a call. `deny`: a rule forbids it. `needs-approval`: somebody must have approved it.
 * `not-assessed`: the recording does not show what a rule needs. A call of which several hold has the first of them.
 */
export const CALL_VERDICTS = ['deny', 'needs-approval', 'not-assessed', 'allow'] as const;
export type CallVerdict = (typeof CALL_VERDICTS)[number];

/**
 * What became of a call. `violation`: it ran although a rule forbids it, or without the approval it needs. `open`: the
 * recording does not say. `kept`: it was allowed, or approved.
 */
export const CALL_STANDS = ['kept', 'violation', 'open'] as const;
export type CallStand = (typeof CALL_STANDS)[number];

/** The decision on one call, as listed in the bundle. */
export interface CallDecision {
  readonly run: string;
  /** Position among the steps of the run. */
  readonly step: number;
  readonly tool: string | undefined;
  readonly callId: string | undefined;
  readonly verdict: CallVerdict;
  /** The rule that gave it, in the words of the manifest; undefined for a call that nothing speaks against. */
  readonly rule: string | undefined;
  readonly stands: CallStand;
  /** What is recorded of the approval; undefined = none is needed. */
  readonly approval: string | undefined;
  readonly ref: EvidenceRef;
}

/** What is declared of one tool, and what its calls came to. */
export interface ToolUse {
  readonly tool: string;
  /** `undeclared`: called although the manifest does not name it. */
  readonly effect: string;
  /** What must hold before a call, in words. */
  readonly approval: string;
  readonly calls: number;
  readonly verdicts: Readonly<Record<CallVerdict, number>>;
  readonly violations: number;
}

/** A run with a violation: its tool calls in order, shortened around the first one. */
export interface OffendingRun {
  readonly run: string;
  readonly rule: string;
  readonly ref: EvidenceRef;
  /** `tool`, or `tool: rule` where the call is a violation. */
  readonly steps: readonly string[];
}

/** Calls of one tool by what the policy says of them. */
export interface DecidedCalls {
  verdicts: Record<CallVerdict, number>;
  violations: number;
}

export interface CallDecisions {
  runs: number;
  /** Approvals that were recorded, and calls that the user's own words approved. */
  approvals: number;
  /** By name, ascending; the smallest names in code unit order where there are too many. */
  tools: [name: string, calls: DecidedCalls][];
  /** Runs with a violation, the first by id. */
  offenders: OffendingRun[];
}

/** Which tools may do what, who must approve, and what the recordings show. */
export interface ToolMatrix {
  /** Declared tools in the order of the manifest, then others by name. */
  readonly rows: readonly ToolUse[];
  readonly runs: number;
  /** Approvals recorded or said, per run: what the policy asks of people. */
  readonly approvalsPerRun: number;
  readonly offenders: readonly OffendingRun[];
}
