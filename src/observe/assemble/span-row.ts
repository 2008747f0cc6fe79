import type { RecordedUsage } from '../../contract/observed-run.ts';
import type { ApprovalDecision, RunOutcome } from '../../contract/run.ts';
import type { SelectedValues } from './merge-marks.ts';

/**
 * What the spans of one instrumentation scope have in common. Few per recording, so they stay in memory and rows
 * name them by index.
 */
export interface SpanBlock {
  /** Index of the declared source. */
  readonly source: number;
  /** RFC 6901 pointer of the list the spans are in. */
  readonly pointer: string;
  /** The file holds a hand-written run, not the spans it stands for. */
  readonly isHandWritten: boolean;
  /** Instrumentation scope. */
  readonly scope: string | undefined;
  readonly revision: string | undefined;
  readonly artifactsDigest: string | undefined;
  readonly environment: string | undefined;
  /** Somebody wrote it down, or it was produced for a demonstration. */
  readonly isDeclared: boolean;
  readonly outcome: RunOutcome | undefined;
  readonly selected: SelectedValues | undefined;
  readonly signals: readonly number[];
}

/** What a span is to its run; see `span-tree.ts` for what becomes of it. */
export const ROLES = {
  /** No GenAI operation. */
  other: 0,
  model: 1,
  tool: 2,
  /** MCP `tools/call` without an execute_tool operation: the same call may be recorded by both. */
  mcpTool: 3,
  /** Agent or workflow: encloses steps. */
  structure: 4,
  /** A GenAI operation that gives no step (embeddings, retrieval, memory, plan). */
  noStep: 5,
} as const;
export type Role = (typeof ROLES)[keyof typeof ROLES];

/** One span between reading and assembly: normalised, redacted, shortened. Undefined = not recorded. */
export interface SpanRow {
  readonly trace: string;
  /** Redaction left the trace id as it is in the recording. */
  readonly isTraceAsRecorded: boolean;
  /** Index of the block. */
  readonly block: number;
  readonly line: number;
  /** Place in its list of spans. */
  readonly index: number;
  readonly spanId: string;
  readonly parentId: string | undefined;
  /** Whole microseconds since 1970. */
  readonly startUs: number | undefined;
  /** Negative when the clock ran backwards. */
  readonly durationNs: number | undefined;
  readonly error: string | undefined;
  readonly role: Role;
  readonly model: ModelFacts | undefined;
  readonly tool: ToolFacts | undefined;
  readonly marks: SpanMarks | undefined;
}

export interface ModelFacts {
  readonly provider: string | undefined;
  readonly requestedModel: string | undefined;
  readonly servedModel: string | undefined;
  readonly usage: RecordedUsage;
  readonly finish: readonly string[] | undefined;
  readonly extra: ModelExtra | undefined;
}

/** What only some model calls have; absent = not recorded. */
export interface ModelExtra {
  readonly attempt?: number | undefined;
  readonly fallbackFrom?: string | undefined;
  readonly fallbackReason?: string | undefined;
  readonly costUsd?: number | undefined;
  readonly text?: string | undefined;
  readonly facts?: string | undefined;
  readonly requestedTools?: readonly string[] | undefined;
}

export interface ToolFacts {
  readonly name: string | undefined;
  readonly callId: string | undefined;
  readonly args: string | undefined;
}

/** What only some spans carry. */
export interface SpanMarks {
  readonly approvals: readonly ApprovalMark[];
  readonly outcome?: RunOutcome | undefined;
  readonly selected?: SelectedValues | undefined;
  readonly signals: readonly number[];
  /** Span name, kept only where it stands in for a missing scope. */
  readonly name?: string | undefined;
}

export interface ApprovalMark {
  /** Index of the span event; absent when the span itself carries the decision. */
  readonly event?: number | undefined;
  readonly startUs?: number | undefined;
  readonly decision?: ApprovalDecision | undefined;
  readonly by?: 'human' | 'policy' | 'none' | undefined;
  readonly approver?: string | undefined;
  readonly tool?: string | undefined;
  readonly callId?: string | undefined;
}
