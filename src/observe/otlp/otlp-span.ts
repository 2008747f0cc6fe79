/** Marks ids that need no second look: no JSON can have it. */
export const STANDARD_IDS = Symbol('standard ids');

/** Ids of a span in the standard form: 16 and 8 bytes in lower-case hex, not all zero. */
interface StandardIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
}

/** A span as OTLP/JSON writes it, in both spellings. Nothing in it is known to have the right type. */
export interface OtlpSpan {
  /** Set where they are known; the members with ids are then absent. */
  readonly [STANDARD_IDS]?: StandardIds;
  readonly traceId?: unknown;
  readonly trace_id?: unknown;
  readonly spanId?: unknown;
  readonly span_id?: unknown;
  readonly parentSpanId?: unknown;
  readonly traceState?: unknown;
  readonly trace_state?: unknown;
  readonly parent_span_id?: unknown;
  readonly name?: unknown;
  readonly startTimeUnixNano?: unknown;
  readonly start_time_unix_nano?: unknown;
  readonly endTimeUnixNano?: unknown;
  readonly end_time_unix_nano?: unknown;
  readonly attributes?: unknown;
  readonly events?: unknown;
  readonly status?: unknown;
}

/** Marks scanned attributes: no JSON can have it. */
export const SCANNED = Symbol('scanned attributes');

/** The attributes of a shape that are read. One object for all its spans. */
export interface ScannedKeys {
  readonly keys: readonly string[];
  /** Those that are not read too. */
  readonly present: readonly string[];
  /** The plain value of a key, by its place. */
  readonly valueOf: (captured: readonly (string | undefined)[], place: number) => unknown;
}

/** Attributes found without parsing the rest of the span. */
export interface ScannedAttributes {
  readonly [SCANNED]: ScannedKeys;
  readonly captured: readonly (string | undefined)[];
}

export function isScanned(attributes: unknown): attributes is ScannedAttributes {
  return typeof attributes === 'object' && attributes !== null && SCANNED in attributes;
}

/** A span event. */
export interface OtlpEvent {
  readonly name?: unknown;
  readonly timeUnixNano?: unknown;
  readonly time_unix_nano?: unknown;
  readonly attributes?: unknown;
}

/** Every object may be a span or an event: all members are optional and unknown. */
export function isSpan(value: unknown): value is OtlpSpan & OtlpEvent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `ot=th:…`: the share of traces that the sampler left out; all zeros left out none. */
const SAMPLED = /(?:^|[,;=])\s*(?:ot=)?th:0*[1-9a-f][0-9a-f]*/;

/** Whether a span says that a sampler left others like it out. Source: OpenTelemetry, tracestate probability sampling. */
export function isSampled(span: unknown): boolean {
  if (!isSpan(span)) return false;
  const state = span.traceState ?? span.trace_state;
  return typeof state === 'string' && state !== '' && SAMPLED.test(state);
}

export function hasErrorStatus({ status }: OtlpSpan): boolean {
  if (typeof status !== 'object' || status === null || !('code' in status)) return false;
  const { code } = status;
  return code === 2 || code === '2' || (typeof code === 'string' && /error$/i.test(code));
}

/** What a span says about its status, in words; undefined = nothing. */
export function statusMessage({ status }: OtlpSpan): string | undefined {
  if (typeof status !== 'object' || status === null || !('message' in status)) return undefined;
  return typeof status.message === 'string' ? status.message : undefined;
}

/** Ids in lower case where they are hex; undefined for absent, empty and all-zero ids, which name nothing. */
export function idOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (isStandardId(value)) return value;
  if (/^(?:0{16}|0{32})$/.test(value)) return undefined;
  return /^[0-9A-Fa-f]+$/.test(value) ? value.toLowerCase() : value;
}

/** Whether an id has the form the standard gives it: 8 or 16 bytes in lower-case hex, not all zero. */
export function isStandardId(id: string): boolean {
  if (id.length !== 16 && id.length !== 32) return false;
  let isZero = true;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (!(code >= DIGIT_0 && code <= DIGIT_9) && !(code >= LETTER_A && code <= LETTER_F)) return false;
    if (code !== DIGIT_0) isZero = false;
  }
  return !isZero;
}

const [DIGIT_0, DIGIT_9, LETTER_A, LETTER_F] = [48, 57, 97, 102];
