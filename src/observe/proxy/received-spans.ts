import { jsonValue } from '../json-value.ts';
import { isObject } from '../otlp/any-value.ts';

/** In the path of the proxy where a provider's name stands otherwise. */
export const SPANS_PROVIDER = 'otlp';

const MOST_SPAN_GROUPS = 10_000;
/** A run that says more about itself than this floods; all runs that are under way are held in memory. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Spans that a workload sends of its own, as OTLP over HTTP with JSON bodies. */
export interface ReceivedSpans {
  /** @returns whether the body was OTLP/JSON and there was room for it */
  add(body: Uint8Array): boolean;
  /** `resourceSpans` in the order in which they came; at most 10,000, of 16 MB in all. */
  all(): readonly unknown[];
  /** Bodies that were refused. */
  refused(): number;
}

export function createReceivedSpans(): ReceivedSpans {
  const groups: unknown[] = [];
  let [bytes, refused] = [0, 0];
  const taken = (body: Uint8Array): boolean => {
    if (bytes + body.length > MOST_BYTES) return false;
    const value = jsonValue(new TextDecoder().decode(body));
    const found = isObject(value) ? value['resourceSpans'] : undefined;
    if (!Array.isArray(found) || groups.length + found.length > MOST_SPAN_GROUPS) return false;
    bytes += body.length;
    groups.push(...found);
    return true;
  };
  return {
    add(body) {
      const isTaken = taken(body);
      if (!isTaken) refused += 1;
      return isTaken;
    },
    all: () => groups,
    refused: () => refused,
  };
}
