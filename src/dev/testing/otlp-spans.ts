/** A plain value of an attribute; integers become `intValue` strings, other numbers `doubleValue`. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One span as a test describes it. Ids are short names; equal names are equal ids. */
export interface SpanSpec {
  readonly id: string;
  /** Default `trace`. */
  readonly trace?: string;
  /** Absent = root. */
  readonly parent?: string;
  readonly name?: string;
  /** ms after START_MS; null = no times. */
  readonly atMs?: number | null;
  readonly durationMs?: number;
  readonly attributes?: Attributes;
  /** 0 unset, 1 ok, 2 error. */
  readonly status?: number | string;
  /** What the status says beside its code. */
  readonly says?: string;
  readonly events?: readonly EventSpec[];
}

export interface EventSpec {
  readonly name: string;
  readonly atMs?: number;
  readonly attributes?: Attributes;
}

/** What encloses spans. */
export interface TracesSpec {
  readonly resource?: Attributes;
  /** Default `test`; null = not recorded. */
  readonly scope?: string | null;
}

/** Start of every test recording: 2026-11-20T12:00:00Z. */
export const START_MS = Date.UTC(2026, 10, 20, 12);

export const CHAT: Attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'small-1' };
export const TOOL: Attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lookup' };
export const AGENT: Attributes = { 'gen_ai.operation.name': 'invoke_agent' };

/** The id a span of this name has in a recording: 16 hex digits. */
function spanIdOf(name: string): string {
  return Buffer.from(name).toString('hex').padStart(16, '0').slice(-16);
}

/** The id a trace of this name has in a recording: 32 hex digits. */
export function traceIdOf(name: string): string {
  return Buffer.from(name).toString('hex').padStart(32, '0').slice(-32);
}

function unixNano(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}

/** A span in OTLP/JSON. */
export function otlpSpan(spec: SpanSpec): Record<string, unknown> {
  const { atMs = 0, durationMs = 10 } = spec;
  return {
    traceId: traceIdOf(spec.trace ?? 'trace'),
    spanId: spanIdOf(spec.id),
    ...(spec.parent === undefined ? {} : { parentSpanId: spanIdOf(spec.parent) }),
    name: spec.name ?? spec.id,
    kind: 3,
    ...(atMs === null
      ? {}
      : { startTimeUnixNano: unixNano(START_MS + atMs), endTimeUnixNano: unixNano(START_MS + atMs + durationMs) }),
    attributes: otlpAttributes(spec.attributes ?? {}),
    ...(spec.events === undefined ? {} : { events: spec.events.map(otlpEvent) }),
    status: {
      ...(spec.status === undefined ? {} : { code: spec.status }),
      ...(spec.says === undefined ? {} : { message: spec.says }),
    },
  };
}

/** One TracesData with one resource and one scope. */
export function tracesData(
  spans: readonly (SpanSpec | object)[],
  { resource, scope = 'test' }: TracesSpec = {},
): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: otlpAttributes(resource ?? {}) },
        scopeSpans: [
          {
            ...(scope === null ? {} : { scope: { name: scope } }),
            spans: spans.map((span) => ('id' in span ? otlpSpan(span) : span)),
          },
        ],
      },
    ],
  };
}

/** One line of a recording. */
export function tracesLine(spans: readonly (SpanSpec | object)[], traces: TracesSpec = {}): string {
  return `${JSON.stringify(tracesData(spans, traces))}\n`;
}

function otlpAttributes(values: Attributes): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function otlpEvent({ name, atMs = 0, attributes = {} }: EventSpec): object {
  return { name, timeUnixNano: unixNano(START_MS + atMs), attributes: otlpAttributes(attributes) };
}

function anyValue(value: AttributeValue): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (isList(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: otlpAttributes(value) } };
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
