import { jsonValue } from '../json-value.ts';
import { isObject } from '../otlp/any-value.ts';

/** In the path of the proxy where a provider's name stands otherwise. */
export const SPANS_PROVIDER = 'otlp';

const MOST_SPAN_GROUPS = 10_000;

/** Spans that a workload sends of its own, as OTLP over HTTP with JSON bodies. */
export interface ReceivedSpans {
  /** @returns whether the body was OTLP/JSON */
  add(body: Uint8Array): boolean;
  /** `resourceSpans` in the order in which they came; at most 10,000. */
  all(): readonly unknown[];
}

export function createReceivedSpans(): ReceivedSpans {
  const groups: unknown[] = [];
  return {
    add(body) {
      const value = jsonValue(new TextDecoder().decode(body));
      const found = isObject(value) ? value['resourceSpans'] : undefined;
      if (!Array.isArray(found)) return false;
      groups.push(...found.slice(0, MOST_SPAN_GROUPS - groups.length));
      return true;
    },
    all: () => groups,
  };
}
