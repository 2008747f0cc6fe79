import { isObject, type JsonObject } from '../../otlp/any-value.ts';

/** A trace is `wrapped` beside its observations, or has them itself. */
type Shape = 'wrapped' | 'trace' | 'observation' | 'list' | 'page';

/** What a line or a document is; lists and pages by their first item. */
export function shapeOf(value: unknown): Shape | undefined {
  const isPage = isObject(value) && isObject(value['meta']) && Array.isArray(value['data']);
  const list = isPage ? value['data'] : value;
  if (!Array.isArray(list)) return itemShape(value);
  return itemShape(list[0]) === undefined ? undefined : isPage ? 'page' : 'list';
}

/** What an item of a list, or a line by itself, is. */
export function itemShape(value: unknown): Exclude<Shape, 'list' | 'page'> | undefined {
  if (!isObject(value)) return undefined;
  const { trace, observations } = value;
  if (!Array.isArray(observations)) return isObservation(value) ? 'observation' : undefined;
  if (isObject(trace) && typeof trace['id'] === 'string') return 'wrapped';
  const isTrace = typeof value['id'] === 'string' && ('timestamp' in value || 'scores' in value);
  // Lists of traces have the ids of their observations only.
  return isTrace && observations.every(isObject) ? 'trace' : undefined;
}

/** Read from langfuse.com/docs/observability/features/observation-types, 2026-11-25. */
const TYPES: ReadonlySet<unknown> = new Set([
  'SPAN',
  'EVENT',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
]);

/** Whether an item is an observation that says which trace it is of. */
export function isObservation(value: JsonObject): boolean {
  if (!TYPES.has(value['type']) || typeof value['id'] !== 'string') return false;
  return ('traceId' in value || 'trace_id' in value) && ('startTime' in value || 'start_time' in value);
}
