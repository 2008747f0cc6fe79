import { gunzipSync } from 'node:zlib';
import { jsonValue } from '../../contract/json-value.ts';
import { isObject } from '../otlp/any-value.ts';
import { tracesFromProtobuf } from '../otlp/protobuf-traces.ts';
import { type Delivery, wholeBody } from '../wire/delivery.ts';

/** In the path of the proxy where a provider's name stands otherwise. */
export const SPANS_PROVIDER = 'otlp';

const MOST_SPAN_GROUPS = 10_000;
/** A run that says more about itself than this floods; all runs that are under way are held in memory. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What the headers of a request say of its body, in any case. */
export interface BodyHeaders {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | string[] | undefined;
}

/** The answer to a body that was taken, in the format of the body: an empty message is of no bytes in protobuf. */
export function spansTaken(headers: BodyHeaders): Delivery {
  return isProtobuf(headers)
    ? wholeBody(200, { 'content-type': 'application/x-protobuf' }, '')
    : wholeBody(200, { 'content-type': 'application/json' }, '{}');
}

/** Spans that a workload sends of its own, as OTLP over HTTP: protobuf or JSON, plain or gzip. */
export interface ReceivedSpans {
  /** @returns whether the body was OTLP of traces and there was room for it */
  add(body: Uint8Array, headers: BodyHeaders): boolean;
  /** `resourceSpans` in the order in which they came; at most 10,000, of 16 MB in all. */
  all(): readonly unknown[];
  /** Bodies that were refused. */
  refused(): number;
}

export function createReceivedSpans(): ReceivedSpans {
  const groups: unknown[] = [];
  let [bytes, refused] = [0, 0];
  const taken = (body: Uint8Array, headers: BodyHeaders): boolean => {
    const plain = unpackedBody(body, headers, MOST_BYTES - bytes);
    const found = plain === undefined ? undefined : groupsIn(plain, headers);
    if (plain === undefined || found === undefined || groups.length + found.length > MOST_SPAN_GROUPS) return false;
    bytes += plain.length;
    groups.push(...found);
    return true;
  };
  return {
    add(body, headers) {
      const isTaken = taken(body, headers);
      if (!isTaken) refused += 1;
      return isTaken;
    },
    all: () => groups,
    refused: () => refused,
  };
}

/** Undefined: it is larger than `most`, damaged, or packed in a way that nobody reads here. */
function unpackedBody(body: Uint8Array, headers: BodyHeaders, most: number): Uint8Array | undefined {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return body.length > most ? undefined : body;
  if (encoding !== 'gzip' || most <= 0) return undefined;
  try {
    return gunzipSync(body, { maxOutputLength: most });
  } catch {
    return undefined;
  }
}

function groupsIn(body: Uint8Array, headers: BodyHeaders): readonly unknown[] | undefined {
  if (isProtobuf(headers)) return tracesFromProtobuf(body);
  const value = jsonValue(new TextDecoder().decode(body));
  const found = isObject(value) ? value['resourceSpans'] : undefined;
  return Array.isArray(found) ? found : undefined;
}

function isProtobuf(headers: BodyHeaders): boolean {
  return /^application\/(?:x-)?protobuf\b/i.test(headers['content-type'] ?? '');
}
