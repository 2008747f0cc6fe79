import type { EvidenceRef } from '../../contract/evidence.ts';
import type { ObservedModelCall } from '../../contract/observed-run.ts';
import type { Approval, ToolCall } from '../../contract/run.ts';
import type { ApprovalMark, ModelFacts, SpanBlock, SpanRow, ToolFacts } from './span-row.ts';

/** Where a span stands in its file; a hand-written run is cited as its author wrote it, step by step. */
export function spanRef(
  run: string,
  { line, index }: SpanRow,
  { source, pointer, isHandWritten }: SpanBlock,
): EvidenceRef {
  const place = isHandWritten ? (index === 0 ? '' : `/steps/${index - 1}`) : `${pointer}/${index}`;
  return { artifact: `recordings/${source}`, line, pointer: place, run };
}

export function toMs(micros: number | undefined): number | undefined {
  return micros === undefined ? undefined : micros / 1e3;
}

/** Undefined where not recorded and where the clock ran backwards. */
export function durationMs({ durationNs }: SpanRow): number | undefined {
  return durationNs === undefined || durationNs < 0 ? undefined : durationNs / 1e6;
}

export function modelCall(row: SpanRow, model: ModelFacts, ref: EvidenceRef): ObservedModelCall {
  const { extra, usage } = model;
  return {
    type: 'model',
    ref,
    startMs: toMs(row.startUs),
    durationMs: durationMs(row),
    error: row.error,
    provider: model.provider,
    requestedModel: model.requestedModel,
    servedModel: model.servedModel,
    recordedUsage: {
      input: usage.input,
      output: usage.output,
      total: usage.total,
      cacheRead: usage.cacheRead,
      cacheWrite: usage.cacheWrite,
      reasoning: usage.reasoning,
      convention: usage.convention,
    },
    finish: model.finish,
    attempt: extra?.attempt,
    fallbackFrom: extra?.fallbackFrom,
    fallbackReason: extra?.fallbackReason,
    recordedCostUsd: extra?.costUsd,
    text: extra?.text,
    facts: extra?.facts,
    requestedTools: extra?.requestedTools,
  };
}

export function toolCall(row: SpanRow, tool: ToolFacts, ref: EvidenceRef): ToolCall {
  return {
    type: 'tool',
    ref,
    startMs: toMs(row.startUs),
    durationMs: durationMs(row),
    error: row.error,
    tool: tool.name,
    callId: tool.callId,
    args: tool.args,
  };
}

/** A span of its own takes time and may fail; an event happens at one moment; attributes of a step have no time. */
export function approval(row: SpanRow, mark: ApprovalMark, ref: EvidenceRef): Approval {
  const isOwnSpan = mark.event === undefined && row.model === undefined && row.tool === undefined;
  return {
    type: 'approval',
    ref: mark.event === undefined ? ref : { ...ref, pointer: `${ref.pointer}/events/${mark.event}` },
    startMs: toMs(mark.startUs),
    durationMs: isOwnSpan ? durationMs(row) : mark.event === undefined || mark.startUs === undefined ? undefined : 0,
    error: isOwnSpan ? row.error : undefined,
    decision: mark.decision,
    by: mark.by,
    approver: mark.approver,
    tool: mark.tool,
    callId: mark.callId,
  };
}
