import { timeMs } from './forms/times.ts';
import { isObject, type JsonObject } from './otlp/any-value.ts';

/**
 * Spans as SDKs print them and as trace stores export them: one JSON object a span, with attributes as a plain map, flat
 * or nested; and bare maps of such attributes. They are written as the OTLP/JSON they stand for and read like it.
 */
function isPlainSpan(value: unknown): value is JsonObject {
  return isObject(value) && (isObject(value['attributes']) ? hasSpanShape(value) : hasConventionKey(value));
}

const CONVENTIONS = /^(?:attributes\.)?(?:gen_ai\.|openinference\.|llm\.|traceloop\.|ai\.|mlflow\.span|langfuse\.)/;

function hasSpanShape(span: JsonObject): boolean {
  const ids = isObject(span['context']) ? span['context'] : span;
  return typeof span['name'] === 'string' && (traceIdOf(ids) !== undefined || span['start_time'] !== undefined);
}

function hasConventionKey(map: JsonObject): boolean {
  return Object.keys(map).some((key) => CONVENTIONS.test(key));
}

/** The spans of a value that is one, or a list of nothing else; undefined for every other value. */
export function plainSpansIn(value: unknown): readonly JsonObject[] | undefined {
  if (isPlainSpan(value)) return [value];
  return Array.isArray(value) && value.length > 0 && value.every(isPlainSpan) ? value : undefined;
}

/** Where a span stands; it makes ids for those that have none, unlike those of any other place. */
export interface SpanPlace {
  readonly source: number;
  readonly line: number;
  /** In its list; 0 for a span by itself. */
  readonly index: number;
}

/** One span as the OTLP/JSON it stands for. */
export function plainSpanToOtlp(span: JsonObject, place: SpanPlace): JsonObject {
  const scopeSpans = [{ scope: { name: scopeOf(span) }, spans: [toSpan(span, place)] }];
  return { resourceSpans: [{ resource: { attributes: resourceOf(span) }, scopeSpans }] };
}

function toSpan(span: JsonObject, { source, line, index }: SpanPlace): JsonObject {
  const ids = isObject(span['context']) ? span['context'] : span;
  const made = [source + 1, line, index].map((part) => part.toString(16).padStart(10, '0')).join('');
  const parent = textOf(span['parent_id'] ?? span['parentSpanId'] ?? span['parentId'] ?? span['parent_span_id']);
  return {
    traceId: traceIdOf(ids) ?? `00${made}`,
    spanId: bare(textOf(ids['span_id'] ?? ids['spanId'] ?? span['id'])) ?? made.slice(-16),
    ...(parent === undefined || parent === '' ? {} : { parentSpanId: bare(parent) }),
    name: textOf(span['name']) ?? 'span',
    ...timesOf(span),
    attributes: attributeList(attributesOf(span)),
    events: eventsOf(span['events']),
    status: statusOf(span),
  };
}

function traceIdOf(ids: JsonObject): string | undefined {
  return bare(textOf(ids['trace_id'] ?? ids['traceId'] ?? ids['context.trace_id']));
}

/** Python prints ids as `0x4bf9…`. */
function bare(id: string | undefined): string | undefined {
  return id === undefined || id === '' ? undefined : id.replace(/^0x/, '');
}

/** A span without `attributes` is the map itself; columns of a table begin with `attributes.`. */
function attributesOf(span: JsonObject): JsonObject {
  const own = span['attributes'];
  if (isObject(own)) return { ...own, ...spanKind(span) };
  return Object.fromEntries(Object.entries(span).map(([key, value]) => [key.replace(/^attributes\./, ''), value]));
}

/** Phoenix exports the kind beside the attributes. */
function spanKind({ span_kind: kind }: JsonObject): JsonObject {
  return typeof kind === 'string' && /^[A-Z]+$/.test(kind) ? { 'openinference.span.kind': kind } : {};
}

function resourceOf({ resource }: JsonObject): JsonObject[] {
  const attributes = isObject(resource) ? (resource['attributes'] ?? resource) : undefined;
  return isObject(attributes) ? attributeList(attributes) : [];
}

function scopeOf(span: JsonObject): string {
  const scope = span['instrumentation_scope'] ?? span['instrumentationScope'] ?? span['scope'];
  return (isObject(scope) ? textOf(scope['name']) : undefined) ?? 'spans';
}

function timesOf(span: JsonObject): JsonObject {
  const nanos = (value: unknown): string | undefined => {
    const ms = timeMs(value);
    return ms === undefined ? undefined : `${Math.round(ms * 1e3)}000`;
  };
  const [start, end] = [span['start_time'] ?? span['startTime'], span['end_time'] ?? span['endTime']].map(nanos);
  return {
    ...(start === undefined ? {} : { startTimeUnixNano: start }),
    ...(end === undefined ? {} : { endTimeUnixNano: end }),
  };
}

function statusOf(span: JsonObject): JsonObject {
  const { status } = span;
  const code = (isObject(status) ? (status['status_code'] ?? status['code']) : undefined) ?? span['status_code'];
  const message =
    (isObject(status) ? (status['description'] ?? status['message']) : undefined) ?? span['status_message'];
  const isError = code === 2 || (typeof code === 'string' && /(?:^|_)ERROR$/i.test(code));
  return { code: isError ? 2 : 0, ...(typeof message === 'string' ? { message } : {}) };
}

function eventsOf(events: unknown): JsonObject[] {
  if (!Array.isArray(events)) return [];
  return events.filter(isObject).map((event) => ({
    name: textOf(event['name']) ?? '',
    attributes: isObject(event['attributes']) ? attributeList(event['attributes']) : [],
  }));
}

/** Depth from which on nested attributes are no attributes any more. */
const DEEPEST = 12;

/** OTLP's list of a map: nested maps and lists of maps become dotted keys, as the conventions write them. */
function attributeList(map: JsonObject): JsonObject[] {
  const list: JsonObject[] = [];
  const add = (key: string, value: unknown, depth: number): void => {
    if (isObject(value) && depth < DEEPEST) {
      for (const [name, member] of Object.entries(value)) add(`${key}.${name}`, member, depth + 1);
    } else if (Array.isArray(value) && value.some(isObject) && depth < DEEPEST) {
      for (const [index, item] of value.entries()) add(`${key}.${index}`, item, depth + 1);
    } else if (value !== null && value !== undefined) list.push({ key, value: anyValue(value) });
  };
  for (const [key, value] of Object.entries(map)) add(key, value, 0);
  return list;
}

function anyValue(value: unknown): JsonObject {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      return Array.isArray(value)
        ? { arrayValue: { values: value.map(anyValue) } }
        : { stringValue: JSON.stringify(value) ?? '' };
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
