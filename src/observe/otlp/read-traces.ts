import { outcomeOf } from '../assemble/merge-marks.ts';
import type { SpanBlock, SpanRow } from '../assemble/span-row.ts';
import { RESOURCE_KEYS } from './aliases.ts';
import { isObject, type JsonObject, listOf, member, plainAttributes } from './any-value.ts';
import { attributesOf, createFieldReader, type FieldReader } from './field-reader.ts';
import { redacted } from './read-marks.ts';
import { createSpanReader, type SpanReaderOptions } from './read-span.ts';

/** Where spans come from. */
export interface TracesOrigin {
  /** Index of the declared source. */
  readonly source: number;
  readonly isHandWritten: boolean;
  /** Whatever the recording itself says, it is not evidence of real behaviour. */
  readonly isDeclared: boolean;
}

/** What becomes of the spans of a TracesData. */
export interface TracesSink {
  /** Gives the block its index; equal blocks may share one. */
  block(block: SpanBlock): number;
  span(row: SpanRow): void;
  problem(message: string, line: number): void;
}

/** Reads one TracesData. @returns the number of spans in it */
export type TracesReader = (traces: JsonObject, line: number, origin: TracesOrigin, sink: TracesSink) => number;

const DECLARED_ENVIRONMENTS: ReadonlySet<unknown> = new Set(['synthetic', 'demo']);

/** The list of a TracesData; undefined when the value is none. */
export function resourceSpansOf(value: unknown): unknown {
  return isObject(value) ? member(value, 'resourceSpans', 'resource_spans') : undefined;
}

export function createTracesReader(options: SpanReaderOptions): TracesReader {
  const readSpan = createSpanReader(options);
  const fields = createFieldReader(options);
  return (traces, line, origin, sink) => {
    let count = 0;
    const root = 'resourceSpans' in traces ? 'resourceSpans' : 'resource_spans';
    for (const [i, resourceSpans] of listOf(traces[root]).entries()) {
      if (!isObject(resourceSpans)) continue;
      const list = 'scopeSpans' in resourceSpans ? 'scopeSpans' : 'scope_spans';
      if (!Array.isArray(resourceSpans[list])) sink.problem(`/${root}/${i} has no scopeSpans`, line);
      const resource = resourceFacts(resourceSpans['resource'], fields, options);
      for (const [j, scopeSpans] of listOf(resourceSpans[list]).entries()) {
        if (!isObject(scopeSpans)) continue;
        const scope = scopeName(scopeSpans['scope']);
        const block = sink.block({
          ...origin,
          ...resource,
          pointer: `/${root}/${i}/${list}/${j}/spans`,
          scope: options.keep.label(scope),
          isDeclared: origin.isDeclared || DECLARED_ENVIRONMENTS.has(resource.environment),
        });
        const spans = listOf(scopeSpans['spans']);
        const place = { block, hasScope: scope !== undefined, line };
        for (let index = 0; index < spans.length; index++) {
          const row = readSpan(spans[index], { ...place, index });
          count += 1;
          if (typeof row === 'string') sink.problem(row, line);
          else sink.span(row);
        }
      }
    }
    return count;
  };
}

function scopeName(scope: unknown): string | undefined {
  const name = isObject(scope) ? scope['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function resourceFacts(resource: unknown, fields: FieldReader, { keep }: SpanReaderOptions) {
  const attributes = attributesOf(resource);
  fields.read(attributes);
  const plain = plainAttributes(attributes);
  const first = (keys: readonly string[]) => {
    const value = keys.map((key) => plain[key]).find((candidate) => typeof candidate === 'string');
    return keep.label(typeof value === 'string' ? value : undefined);
  };
  return {
    revision: first(RESOURCE_KEYS.revision),
    artifactsDigest: first(RESOURCE_KEYS.artifactsDigest),
    environment: first(RESOURCE_KEYS.environment),
    outcome: outcomeOf(fields.text('outcome')),
    selected: redacted(fields.selected(), keep),
    signals: fields.signals(),
  };
}
