import type { ApprovalDecision, RunOutcome } from '../../contract/run.ts';
import type { SelectedValues } from './merge-marks.ts';

/**
 * What the spans of one instrumentation scope have in common. Few per recording, so they stay in memory and rows
 * name them by index.
 */
export interface SpanBlock {
  /** Index of the declared source. */
  readonly source: number;
  /** RFC 6901 pointer of the list the spans are in, without the last segment; for a hand-written run its form. */
  readonly pointer: string;
  readonly isHandWritten: boolean;
  /** Instrumentation scope; null where none was recorded. */
  readonly scope: string | null;
  readonly revision: string | null;
  readonly artifactsDigest: string | null;
  readonly environment: string | null;
  /** Somebody wrote it down, or it was produced for a demonstration. */
  readonly isDeclared: boolean;
  readonly outcome: RunOutcome | null;
  readonly selected: SelectedValues | null;
  readonly signals: readonly number[];
}

/**
 * One span as kept between reading and assembly: normalised, redacted, shortened, and JSON as it stands (null = not
 * recorded). A tuple, because a million of these are written and read back: names would double the bytes and the time.
 */
export type SpanRow = [
  trace: string,
  /** Index of the block. */
  block: number,
  line: number,
  /** Place in its list of spans. */
  index: number,
  spanId: string,
  parentId: string | null,
  /** Microseconds since 1970. */
  startUs: number | null,
  /** Negative when the clock ran backwards. */
  durationNs: number | null,
  error: string | null,
  role: Role,
  step: ModelRow | ToolRow | null,
  marks: SpanMarks | null,
];

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

export type ModelRow = [
  provider: string | null,
  requestedModel: string | null,
  servedModel: string | null,
  input: number | null,
  output: number | null,
  total: number | null,
  cacheRead: number | null,
  cacheWrite: number | null,
  reasoning: number | null,
  leavesCacheOpen: 0 | 1,
  finish: readonly string[] | null,
  extra: ModelExtra | null,
];

/** What only some model calls have; absent = not recorded. */
export interface ModelExtra {
  readonly attempt?: number;
  readonly fallbackFrom?: string;
  readonly fallbackReason?: string;
  readonly costUsd?: number;
  readonly text?: string;
  readonly facts?: string;
  readonly requestedTools?: readonly string[];
}

export type ToolRow = [tool: string | null, callId: string | null, args: string | null];

/** What only some spans carry. */
export interface SpanMarks {
  readonly approvals: readonly ApprovalRow[];
  readonly outcome: RunOutcome | null;
  readonly selected: SelectedValues | null;
  readonly signals: readonly number[];
  /** Span name, kept only where it stands in for a missing scope. */
  readonly name: string | null;
}

export interface ApprovalRow {
  /** Index of the span event; null when the span itself carries the decision. */
  readonly event: number | null;
  readonly startUs: number | null;
  readonly decision: ApprovalDecision | null;
  readonly by: 'human' | 'policy' | 'none' | null;
  readonly approver: string | null;
  readonly tool: string | null;
  readonly callId: string | null;
}
