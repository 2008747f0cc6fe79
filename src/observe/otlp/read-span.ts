import type { TextFacts } from '../../contract/run.ts';
import { type ModelExtra, type ModelRow, ROLES, type Role, type SpanRow, type ToolRow } from '../assemble/span-row.ts';
import type { Answer } from './answer.ts';
import { answerOfSpan } from './answer-of-span.ts';
import { isObject, type JsonObject, member, plainOf, stringOf, textOf } from './any-value.ts';
import { createFieldReader, type FieldReader, type WatchedKeys } from './field-reader.ts';
import type { Keep } from './keep.ts';
import { createMarksReader } from './read-marks.ts';
import { type Instant, instantOf, microsOf, nanosBetween } from './unix-nano.ts';

export interface SpanReaderOptions extends WatchedKeys {
  readonly assess: (text: string, finish: readonly string[] | undefined) => TextFacts;
  readonly keep: Keep;
}

/** Where a span stands. */
export interface SpanPlace {
  readonly block: number;
  readonly hasScope: boolean;
  readonly line: number;
  readonly index: number;
}

/** A span as a row, or why it is none. */
export type SpanReader = (span: unknown, place: SpanPlace) => SpanRow | string;

const MODEL_OPERATIONS: ReadonlySet<string> = new Set(['chat', 'text_completion', 'generate_content']);
const STRUCTURE_OPERATIONS: ReadonlySet<string> = new Set(['invoke_agent', 'create_agent', 'invoke_workflow']);

export function createSpanReader({ assess, keep, ...watched }: SpanReaderOptions): SpanReader {
  const fields = createFieldReader(watched);
  const readMarks = createMarksReader(watched, keep);
  return (span, { block, hasScope, line, index }) => {
    if (!isObject(span)) return 'a span is not an object';
    const trace = idOf(member(span, 'traceId', 'trace_id'));
    if (trace === undefined) return 'a span has no trace id';
    fields.read(span['attributes']);
    const role = roleOf(fields, span);
    const start = instantOf(member(span, 'startTimeUnixNano', 'start_time_unix_nano'));
    const end = instantOf(member(span, 'endTimeUnixNano', 'end_time_unix_nano'));
    const startUs = start === undefined ? null : microsOf(start);
    return [
      trace,
      block,
      line,
      index,
      idOf(member(span, 'spanId', 'span_id')) ?? `#${line}/${index}`,
      idOf(member(span, 'parentSpanId', 'parent_span_id')) ?? null,
      startUs,
      durationOf(fields, start, end),
      errorOf(fields, span, keep),
      role,
      stepOf(role, span),
      readMarks({ span, fields, startUs, hasScope, isTool: role === ROLES.tool || role === ROLES.mcpTool }),
    ];
  };

  function stepOf(role: Role, span: JsonObject): ModelRow | ToolRow | null {
    if (role === ROLES.model) return modelRow(span);
    if (role !== ROLES.tool && role !== ROLES.mcpTool) return null;
    return [
      keep.label(fields.text('toolName')),
      keep.content(fields.text('toolCallId')),
      keep.content(fields.has('toolArguments') ? textOf(fields.raw('toolArguments')) : undefined),
    ];
  }

  function modelRow(span: JsonObject): ModelRow {
    const answer = answerOfSpan(fields, span['events']);
    const finish = finishOf(fields.raw('finish')) ?? (answer?.finish.length === 0 ? undefined : answer?.finish);
    return [
      keep.label(fields.text('provider')),
      keep.label(fields.text('requestedModel')),
      keep.label(fields.text('servedModel')),
      fields.number('inputTokens') ?? null,
      fields.number('outputTokens') ?? null,
      fields.number('totalTokens') ?? null,
      fields.number('cacheReadTokens') ?? null,
      fields.number('cacheWriteTokens') ?? null,
      fields.number('reasoningTokens') ?? null,
      fields.leavesCacheOpen('cacheReadTokens') || fields.leavesCacheOpen('cacheWriteTokens') ? 1 : 0,
      finish?.map((reason) => keep.label(reason) ?? '') ?? null,
      extraOf(answer, finish),
    ];
  }

  function extraOf(answer: Answer | undefined, finish: readonly string[] | undefined): ModelExtra | null {
    const attempt = fields.number('attempt');
    const fallbackFrom = keep.label(fields.text('fallbackFrom'));
    const fallbackReason = keep.content(fields.text('fallbackReason'));
    const costUsd = fields.number('costUsd');
    if (answer === undefined && attempt === undefined && fallbackFrom === null && costUsd === undefined) {
      return fallbackReason === null ? null : { fallbackReason };
    }
    return {
      ...(attempt === undefined || !Number.isInteger(attempt) || attempt < 1 ? {} : { attempt }),
      ...(fallbackFrom === null ? {} : { fallbackFrom }),
      ...(fallbackReason === null ? {} : { fallbackReason }),
      ...(costUsd === undefined ? {} : { costUsd }),
      ...(answer === undefined
        ? {}
        : {
            text: keep.content(answer.text) ?? '',
            facts: assess(answer.text, finish),
            requestedTools: answer.tools.map((tool) => keep.label(tool) ?? ''),
          }),
    };
  }
}

/** Ids in lower case where they are hex; undefined for absent, empty and all-zero ids, which name nothing. */
function idOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || /^(?:0{16}|0{32})$/.test(value)) return undefined;
  return /[A-F]/.test(value) && /^[0-9A-Fa-f]+$/.test(value) ? value.toLowerCase() : value;
}

function roleOf(fields: FieldReader, span: JsonObject): Role {
  const operation = fields.text('operation');
  if (operation !== undefined) {
    if (MODEL_OPERATIONS.has(operation)) return ROLES.model;
    if (operation === 'execute_tool') return ROLES.tool;
    if (STRUCTURE_OPERATIONS.has(operation)) return ROLES.structure;
    return isMcpCall(fields) ? ROLES.mcpTool : ROLES.noStep;
  }
  if (isMcpCall(fields)) return ROLES.mcpTool;
  // Before operation names existed: a model name with usage, or with an error instead of usage.
  const namesModel = fields.has('requestedModel') || fields.has('servedModel');
  const hasUsage = fields.has('inputTokens') || fields.has('outputTokens') || fields.has('totalTokens');
  return namesModel && (hasUsage || hasErrorStatus(span)) ? ROLES.model : ROLES.other;
}

/** Between the two times; only where the span has neither, a duration recorded as attribute. */
function durationOf(fields: FieldReader, start: Instant | undefined, end: Instant | undefined): number | null {
  if (start !== undefined && end !== undefined) return nanosBetween(start, end);
  const nanos = start === undefined && end === undefined ? fields.number('durationNs') : undefined;
  return nanos === undefined ? null : Math.round(nanos);
}

function isMcpCall(fields: FieldReader): boolean {
  return fields.text('mcpMethod') === 'tools/call';
}

function errorOf(fields: FieldReader, span: JsonObject, keep: Keep): string | null {
  return keep.label(fields.text('errorType')) ?? (hasErrorStatus(span) ? 'error' : null);
}

function hasErrorStatus(span: JsonObject): boolean {
  const status = span['status'];
  if (!isObject(status)) return false;
  const code = status['code'];
  return code === 2 || code === 'STATUS_CODE_ERROR' || code === '2';
}

function finishOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const single = stringOf(value);
  if (single !== undefined) return [single];
  const plain = plainOf(value);
  return Array.isArray(plain) ? plain.filter((reason) => typeof reason === 'string') : undefined;
}
