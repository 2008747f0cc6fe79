import type { EvidenceKind } from '../../contract/evidence.ts';
import type { CountedTokens, RecordedUsage } from '../../contract/observed-run.ts';
import type { ApprovalDecision, LoadRole, RuleFacts, RunOutcome, TextFacts } from '../../contract/run.ts';
import type { SelectedValues } from './merge-marks.ts';

/**
 * What the spans of one instrumentation scope have in common. Few per recording, so they stay in memory and rows
 * name them by index.
 */
export interface SpanBlock {
  /** Index of the declared source. */
  readonly source: number;
  /** RFC 6901 pointer of the list the spans are in, or of what the paths of its rows begin at. */
  readonly pointer: string;
  /** Instrumentation scope. */
  readonly scope: string | undefined;
  readonly revision: string | undefined;
  readonly artifactsDigest: string | undefined;
  readonly environment: string | undefined;
  /** Version that the resource says it has. */
  readonly version: string | undefined;
  readonly kind: Extract<EvidenceKind, 'declared' | 'recorded' | 'replayed' | 'live'>;
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
  /** Workflow or chain: encloses steps. */
  structure: 4,
  /** A GenAI operation that gives no step (memory, plan, guardrail). */
  noStep: 5,
  retrieval: 6,
  embedding: 7,
  /** Encloses steps, and speaks to the models of the agents and tools within. */
  agent: 8,
} as const;
export type Role = (typeof ROLES)[keyof typeof ROLES];

/** Begins the ids of rows that stand for a part of a run, as it was read in one place, instead of for a record in it. */
export const PART = 'part of the run: ';

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
  /** Pointer from that of the block where it is not the place in a list. */
  readonly path?: string | undefined;
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
  readonly retrieval?: RetrievalFacts | undefined;
  readonly marks: SpanMarks | undefined;
}

/** Also of embeddings, which have only provider, requested model and input tokens. */
export interface ModelFacts {
  readonly provider: string | undefined;
  readonly requestedModel: string | undefined;
  readonly servedModel: string | undefined;
  readonly usage: RecordedUsage;
  readonly finish: readonly string[] | undefined;
  readonly serviceTier: string | undefined;
  readonly firstTokenMs: number | undefined;
  readonly parameters: readonly string[] | undefined;
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
  readonly offeredTools?: readonly string[] | undefined;
  readonly isReplayed?: boolean | undefined;
  readonly counted?: CountedTokens | undefined;
  readonly heard?: readonly string[] | undefined;
}

export interface RetrievalFacts {
  readonly source: string | undefined;
  readonly documents: readonly string[] | undefined;
}

export interface ToolFacts {
  readonly name: string | undefined;
  readonly callId: string | undefined;
  readonly args: string | undefined;
  readonly facts?: RuleFacts | undefined;
  readonly result?: string | undefined;
  readonly resultSecret?: string | undefined;
}

/** What only some spans carry. */
export interface SpanMarks {
  readonly approvals: readonly ApprovalMark[];
  readonly outcome?: RunOutcome | undefined;
  readonly selected?: SelectedValues | undefined;
  readonly signals: readonly number[];
  readonly load?: LoadRole | undefined;
  readonly harm?: string | undefined;
  readonly rubrics?: string | undefined;
  readonly shown?: TextFacts | undefined;
  readonly task?: string | undefined;
  readonly principal?: string | undefined;
  readonly version?: string | undefined;
  /** Of an HTTP request: how often it had been sent before. */
  readonly resends?: number | undefined;
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
  readonly id?: string | undefined;
  readonly args?: string | undefined;
  readonly tool?: string | undefined;
  readonly callId?: string | undefined;
}
