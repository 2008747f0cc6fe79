import type { EvidenceRef } from '../../contract/evidence.ts';
import type { ObservedEmbedding, ObservedModelCall, ObservedToolCall } from '../../contract/observed-run.ts';
import type { Approval, Retrieval } from '../../contract/run.ts';
import type { ApprovalMark, ModelFacts, RetrievalFacts, SpanBlock, SpanRow, ToolFacts } from './span-row.ts';

/** Where a span stands in its file. */
export function spanRef(run: string, { line, index, path }: SpanRow, { source, pointer }: SpanBlock): EvidenceRef {
  return { artifact: `recordings/${source}`, line, pointer: `${pointer}${path ?? `/${index}`}`, run };
}

export function toMs(micros: number | undefined): number | undefined {
  return micros === undefined ? undefined : micros / 1e3;
}

/** Undefined where not recorded and where the clock ran backwards. */
export function durationMs({ durationNs }: SpanRow): number | undefined {
  return durationNs === undefined || durationNs < 0 ? undefined : durationNs / 1e6;
}

/** `resends`: what the spans below the call show. */
export function modelCall(
  row: SpanRow,
  model: ModelFacts,
  { ref, resends }: { readonly ref: EvidenceRef; readonly resends: number | undefined },
): ObservedModelCall {
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
      cacheWriteLong: usage.cacheWriteLong,
      reasoning: usage.reasoning,
      convention: usage.convention,
      reasoningIs: usage.reasoningIs,
    },
    counted: extra?.counted,
    heard: extra?.heard,
    serviceTier: model.serviceTier,
    firstTokenMs: model.firstTokenMs,
    isReplayed: extra?.isReplayed,
    parameters: model.parameters,
    resends,
    finish: model.finish,
    attempt: extra?.attempt,
    fallbackFrom: extra?.fallbackFrom,
    fallbackReason: extra?.fallbackReason,
    recordedCostUsd: extra?.costUsd,
    text: extra?.text,
    facts: extra?.facts,
    requestedTools: extra?.requestedTools,
    ...(extra?.offeredTools === undefined ? {} : { offeredTools: extra.offeredTools }),
  };
}

export function toolCall(row: SpanRow, tool: ToolFacts, ref: EvidenceRef): ObservedToolCall {
  return {
    type: 'tool',
    ref,
    startMs: toMs(row.startUs),
    durationMs: durationMs(row),
    error: row.error,
    tool: tool.name,
    callId: tool.callId,
    args: tool.args,
    facts: tool.facts,
    result: tool.result,
    ...(tool.resultSecret === undefined ? {} : { resultSecret: tool.resultSecret }),
  };
}

export function embedding(
  row: SpanRow,
  { provider, requestedModel, servedModel, usage }: ModelFacts,
  ref: EvidenceRef,
): ObservedEmbedding {
  return {
    type: 'embedding',
    ref,
    startMs: toMs(row.startUs),
    durationMs: durationMs(row),
    error: row.error,
    provider,
    model: servedModel ?? requestedModel,
    inputTokens: usage.input ?? usage.total,
  };
}

export function retrieval(row: SpanRow, { source, documents }: RetrievalFacts, ref: EvidenceRef): Retrieval {
  return {
    type: 'retrieval',
    ref,
    startMs: toMs(row.startUs),
    durationMs: durationMs(row),
    error: row.error,
    source,
    documents,
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
    id: mark.id,
    args: mark.args,
    tool: mark.tool,
    callId: mark.callId,
  };
}
