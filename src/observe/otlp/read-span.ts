import type { TextFacts } from '../../contract/run.ts';
import {
  type ModelExtra,
  type ModelFacts,
  ROLES,
  type Role,
  type SpanRow,
  type ToolFacts,
} from '../assemble/span-row.ts';
import type { Answer } from './answer.ts';
import { answerOfSpan } from './answer-of-span.ts';
import { plainOf, stringOf, textOf } from './any-value.ts';
import { F, type WatchedKeys } from './attribute-plan.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import type { Keep } from './keep.ts';
import { hasErrorStatus, idOf, isSpan, isStandardId, type OtlpSpan, STANDARD_IDS } from './otlp-span.ts';
import { createMarksReader, hasApproval } from './read-marks.ts';
import { spanTimes } from './unix-nano.ts';

export interface SpanReaderOptions extends WatchedKeys {
  readonly assess: (text: string, finish: readonly string[] | undefined) => TextFacts;
  readonly keep: Keep;
}

/** Where a span stands. */
interface SpanPlace {
  readonly block: number;
  readonly hasScope: boolean;
  readonly line: number;
}

/** A span as a row, or why it is none. */
export type SpanReader = (span: unknown, index: number, place: SpanPlace) => SpanRow | string;

const STRUCTURE_OPERATIONS: ReadonlySet<string> = new Set(['invoke_agent', 'create_agent', 'invoke_workflow']);

/** GenAI operations that are neither a model call nor a tool call. Their cost is outside the forecast. */
const STEPLESS_OPERATIONS: ReadonlySet<string> = new Set([
  'embeddings',
  'retrieval',
  'plan',
  'create_memory',
  'search_memory',
  'update_memory',
  'upsert_memory',
  'delete_memory',
  'create_memory_store',
  'delete_memory_store',
]);

export function createSpanReader({ assess, keep, ...watched }: SpanReaderOptions): SpanReader {
  const fields = createFieldReader(watched);
  const readMarks = createMarksReader(watched, keep);
  return (span, index, { block, hasScope, line }) => {
    if (!isSpan(span)) return 'a span is not an object';
    const ids = span[STANDARD_IDS];
    const id = ids?.traceId ?? idOf(span.traceId ?? span.trace_id);
    // The id of a run is shown. Standard ones are random; others may say who it was.
    const trace = id === undefined || ids !== undefined || isStandardId(id) ? id : keep.content(id);
    if (trace === undefined) return 'a span has no trace id';
    fields.read(span.attributes);
    const role = roleOf(fields, span);
    const { startUs, durationNs } = spanTimes(
      span.startTimeUnixNano ?? span.start_time_unix_nano,
      span.endTimeUnixNano ?? span.end_time_unix_nano,
    );
    const isTool = role === ROLES.tool || role === ROLES.mcpTool;
    return {
      trace,
      isTraceAsRecorded: trace === id,
      block,
      line,
      index,
      spanId: ids?.spanId ?? idOf(span.spanId ?? span.span_id) ?? `#${line}/${index}`,
      parentId: ids === undefined ? idOf(span.parentSpanId ?? span.parent_span_id) : ids.parentId,
      startUs,
      // A recorded duration stands in where there are no times at all.
      durationNs: startUs === undefined ? wholeNumber(fields.number(F.durationNs)) : durationNs,
      error: keep.label(fields.text(F.errorType)) ?? (hasErrorStatus(span) ? 'error' : undefined),
      role,
      model: role === ROLES.model ? modelFacts(span) : undefined,
      tool: isTool ? toolFacts() : undefined,
      marks: readMarks(span, fields, { startUs, hasScope, isTool }),
    };
  };

  function toolFacts(): ToolFacts {
    return {
      name: keep.label(fields.text(F.toolName)),
      callId: keep.content(fields.text(F.toolCallId)),
      args: keep.content(textOf(fields.raw(F.toolArguments))),
    };
  }

  function modelFacts(span: OtlpSpan): ModelFacts {
    const answer = answerOfSpan(fields, span.events);
    const recorded = finishOf(fields.raw(F.finish)) ?? (answer?.finish.length === 0 ? undefined : answer?.finish);
    const finish = recorded?.map((reason) => keep.label(reason) ?? '');
    const isUnstated = fields.leavesCacheOpen(F.cacheReadTokens) || fields.leavesCacheOpen(F.cacheWriteTokens);
    return {
      provider: keep.label(fields.text(F.provider)),
      requestedModel: keep.label(fields.text(F.requestedModel)),
      servedModel: keep.label(fields.text(F.servedModel)),
      usage: {
        input: fields.number(F.inputTokens),
        output: fields.number(F.outputTokens),
        total: fields.number(F.totalTokens),
        cacheRead: fields.number(F.cacheReadTokens),
        cacheWrite: fields.number(F.cacheWriteTokens),
        reasoning: fields.number(F.reasoningTokens),
        convention: isUnstated ? 'unstated' : 'inclusive',
      },
      finish,
      extra: extraOf(answer, recorded),
    };
  }

  function extraOf(answer: Answer | undefined, finish: readonly string[] | undefined): ModelExtra | undefined {
    if (answer === undefined && !EXTRA_FIELDS.some((field) => fields.has(field))) return undefined;
    const attempt = fields.number(F.attempt);
    const extra = {
      attempt: attempt !== undefined && Number.isInteger(attempt) && attempt >= 1 ? attempt : undefined,
      fallbackFrom: keep.label(fields.text(F.fallbackFrom)),
      fallbackReason: keep.content(fields.text(F.fallbackReason)),
      costUsd: fields.number(F.costUsd),
    };
    if (answer === undefined) return extra;
    const requestedTools = answer.tools.map((tool) => keep.label(tool) ?? '');
    return { ...extra, text: keep.content(answer.text), facts: assess(answer.text, finish), requestedTools };
  }
}

const EXTRA_FIELDS = [F.attempt, F.fallbackFrom, F.fallbackReason, F.costUsd];

function roleOf(fields: FieldReader, span: OtlpSpan): Role {
  const operation = fields.text(F.operation)?.toLowerCase();
  switch (operation) {
    case 'chat':
    case 'text_completion':
    case 'generate_content':
      return ROLES.model;
    case 'execute_tool':
      return ROLES.tool;
  }
  if (isMcpCall(fields)) return ROLES.mcpTool;
  if (operation !== undefined && STRUCTURE_OPERATIONS.has(operation)) return ROLES.structure;
  if (operation !== undefined && STEPLESS_OPERATIONS.has(operation)) return ROLES.noStep;
  // Without an operation, or with one nobody knows, what the span carries decides: a call that is not counted would
  // be a call that nobody judges.
  const namesModel = fields.has(F.requestedModel) || fields.has(F.servedModel);
  const hasUsage = fields.has(F.inputTokens) || fields.has(F.outputTokens) || fields.has(F.totalTokens);
  if (namesModel && (hasUsage || hasErrorStatus(span))) return ROLES.model;
  if (fields.has(F.toolName) && !hasApproval(fields)) return ROLES.tool;
  return operation === undefined ? ROLES.other : ROLES.noStep;
}

function isMcpCall(fields: FieldReader): boolean {
  return fields.text(F.mcpMethod) === 'tools/call';
}

function wholeNumber(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

function finishOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const single = stringOf(value);
  if (single !== undefined) return [single];
  const plain = plainOf(value);
  return Array.isArray(plain) ? plain.filter((reason) => typeof reason === 'string') : undefined;
}
