import type { Json } from '../../contract/json.ts';

/** What a request to the team's service looks like; `{input}` and `{runId}` are filled in for each run. */
export interface RequestTemplate {
  readonly method: string;
  /** Below the service's address, with query; placeholders are percent-encoded. */
  readonly path: string;
  /** Taken as they are. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Sent as JSON; undefined = no body. A string that is `{input}` alone becomes the input as it is; within a longer string
   * its text is put in.
   */
  readonly body: Json | undefined;
}

/** The run a request belongs to. */
export interface RequestRun {
  readonly runId: string;
  /** Where the run's provider traffic belongs; the service appends `/` and the provider's name. */
  readonly baseUrl: string;
  /** Value of the header `traceparent`, which spans of the service continue. */
  readonly traceParent: string;
}

/** A request as it is sent. */
export interface FilledRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * The request of one run. `x-aigate-run-id` and `x-aigate-base-url` tell a service that serves many runs at a time where
 * the calls to providers of this run belong, and `traceparent` its spans; they win over declared headers. Pure.
 */
export function fillRequest(
  template: RequestTemplate,
  input: Json,
  { runId, baseUrl, traceParent }: RequestRun,
): FilledRequest {
  const values = { input, runId };
  const body = template.body === undefined ? undefined : JSON.stringify(fillJson(template.body, values));
  const declared = Object.entries(template.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    method: template.method,
    path: fillText(template.path, values, encoded),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      // An answer is kept as text: packed it could not be read.
      'accept-encoding': 'identity',
      ...Object.fromEntries(declared),
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      'x-aigate-run-id': runId,
      'x-aigate-base-url': baseUrl,
      traceparent: traceParent,
    },
    body,
  };
}

interface Values {
  readonly input: Json;
  readonly runId: string;
}

function fillJson(part: Json, values: Values): Json {
  if (part === '{input}') return values.input;
  if (typeof part === 'string') return fillText(part, values, (text) => text);
  if (part === null || typeof part !== 'object') return part;
  if (isList(part)) return part.map((item) => fillJson(item, values));
  return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, fillJson(item, values)]));
}

/** In one pass: an input that reads `{runId}` is not filled in again. */
function fillText(text: string, { input, runId }: Values, encode: (text: string) => string): string {
  const asText = typeof input === 'string' ? input : JSON.stringify(input);
  return text.replace(/\{(input|runId)\}/g, (_, name) => encode(name === 'input' ? asText : runId));
}

/** Half a character has no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
