import type { EvidenceRef } from '../../contract/evidence.ts';
import type { ObservedModelCall, RecordedUsage } from '../../contract/observed-run.ts';
import type { Approval, ToolCall } from '../../contract/run.ts';
import type { ApprovalRow, ModelRow, SpanBlock, SpanRow, ToolRow } from './span-row.ts';

/** Where a span stands in its file; a hand-written run is cited as what the author wrote, step by step. */
export function spanRef(row: SpanRow, { source, pointer, isHandWritten }: SpanBlock): EvidenceRef {
  const [run, , line, index] = row;
  const place = isHandWritten ? (index === 0 ? '' : `/steps/${index - 1}`) : `${pointer}/${index}`;
  return { artifact: `recordings/${source}`, line, pointer: place, run };
}

/** What every step takes from its span. */
export function timesOf(row: SpanRow) {
  return { startMs: toMs(row[6]), durationMs: durationMs(row), error: row[8] ?? undefined };
}

/** Undefined where not recorded and where the clock ran backwards. */
export function durationMs(row: SpanRow): number | undefined {
  const nanos = row[7];
  return nanos === null || nanos < 0 ? undefined : nanos / 1e6;
}

export function modelCall(row: SpanRow, step: ModelRow, ref: EvidenceRef): ObservedModelCall {
  const [provider, requestedModel, servedModel] = step;
  const { startMs, durationMs: duration, error } = timesOf(row);
  const extra = step[11];
  return {
    type: 'model',
    ref,
    startMs,
    durationMs: duration,
    error,
    provider: provider ?? undefined,
    requestedModel: requestedModel ?? undefined,
    servedModel: servedModel ?? undefined,
    recordedUsage: recordedUsage(step),
    finish: step[10] ?? undefined,
    attempt: extra?.attempt,
    fallbackFrom: extra?.fallbackFrom,
    fallbackReason: extra?.fallbackReason,
    recordedCostUsd: extra?.costUsd,
    text: extra?.text,
    facts: extra?.facts,
    requestedTools: extra?.requestedTools,
  };
}

function recordedUsage(step: ModelRow): RecordedUsage {
  return {
    input: step[3] ?? undefined,
    output: step[4] ?? undefined,
    total: step[5] ?? undefined,
    cacheRead: step[6] ?? undefined,
    cacheWrite: step[7] ?? undefined,
    reasoning: step[8] ?? undefined,
    convention: step[9] === 1 ? 'unstated' : 'inclusive',
  };
}

export function toolCall(row: SpanRow, [tool, callId, args]: ToolRow, ref: EvidenceRef): ToolCall {
  const { startMs, durationMs: duration, error } = timesOf(row);
  return {
    type: 'tool',
    ref,
    startMs,
    durationMs: duration,
    error,
    tool: tool ?? undefined,
    callId: callId ?? undefined,
    args: args ?? undefined,
  };
}

/** An approval has its own duration and error only where it is a span of its own. */
export function approval(row: SpanRow, recorded: ApprovalRow, ref: EvidenceRef): Approval {
  const isOwnSpan = recorded.event === null && row[10] === null;
  return {
    type: 'approval',
    ref: recorded.event === null ? ref : { ...ref, pointer: `${ref.pointer}/events/${recorded.event}` },
    startMs: toMs(recorded.startUs),
    durationMs: isOwnSpan ? durationMs(row) : undefined,
    error: isOwnSpan ? (row[8] ?? undefined) : undefined,
    decision: recorded.decision ?? undefined,
    by: recorded.by ?? undefined,
    approver: recorded.approver ?? undefined,
    tool: recorded.tool ?? undefined,
    callId: recorded.callId ?? undefined,
  };
}

export function toMs(micros: number | null): number | undefined {
  return micros === null ? undefined : micros / 1e3;
}
