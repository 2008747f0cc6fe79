import type { Source } from '../../contract/plan.ts';
import { outcomeOf } from '../assemble/merge-marks.ts';
import type { SpanBlock, SpanRow } from '../assemble/span-row.ts';
import { RESOURCE_KEYS } from './aliases.ts';
import { isObject, type JsonObject, listOf, plainAttributes } from './any-value.ts';
import { F } from './attribute-plan.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import { isSampled } from './otlp-span.ts';
import { redacted } from './read-marks.ts';
import { createSpanReader, type SpanReaderOptions } from './read-span.ts';

/** Where spans come from. */
interface TracesOrigin {
  /** Index of the declared source. */
  readonly source: number;
  /** Whatever the recording itself says, it is not evidence of real behaviour. */
  readonly isDeclared: boolean;
  /** What its runs are where it is known from outside; absent = recorded. */
  readonly kind?: Source['kind'];
  /** Pointer of the n-th span in the file, where that holds something else than these spans. */
  readonly pathOf?: (index: number) => string;
}

/** What becomes of the spans of a TracesData. */
export interface TracesSink {
  /** Gives the block its index; equal blocks may share one. */
  block(block: SpanBlock): number;
  span(row: SpanRow): void;
  /** By whose words the span is written; called once for each that is written by somebody's. */
  dialect(name: string): void;
  /** A span that says that others like it were left out. */
  sampled(): void;
  problem(message: string, line: number): void;
}

/** Reads one TracesData. @returns the number of spans in it */
export type TracesReader = (traces: JsonObject, line: number, origin: TracesOrigin, sink: TracesSink) => number;

/** The last two: OTLP before 0.19, which some exporters still write. */
const SCOPED_LISTS = ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans'];

const DECLARED_ENVIRONMENTS: ReadonlySet<unknown> = new Set(['synthetic', 'demo']);

export function isTracesData(value: unknown): value is JsonObject {
  return isObject(value) && ('resourceSpans' in value || 'resource_spans' in value);
}

export function createTracesReader(options: SpanReaderOptions): TracesReader {
  const reader = createSpanReader(options);
  const fields = createFieldReader(options);
  return (traces, line, origin, sink) => {
    let count = 0;
    const root = 'resourceSpans' in traces ? 'resourceSpans' : 'resource_spans';
    for (const [i, group] of objectsOf(traces, root, '', line, sink)) {
      const list = SCOPED_LISTS.find((name) => name in group) ?? 'scopeSpans';
      const resource = resourceFacts(group['resource'], fields, options);
      for (const [j, scoped] of objectsOf(group, list, `/${root}/${i}`, line, sink)) {
        const scope = scopeName(scoped['scope'] ?? scoped['instrumentationLibrary']);
        const pointer = `/${root}/${i}/${list}/${j}/spans`;
        const isDeclared = origin.isDeclared || DECLARED_ENVIRONMENTS.has(resource.environment);
        const block = sink.block({
          ...resource,
          source: origin.source,
          pointer: origin.pathOf === undefined ? pointer : '',
          scope: options.keep.label(scope),
          kind: isDeclared ? 'declared' : (origin.kind ?? 'recorded'),
        });
        const place = { block, hasScope: scope !== undefined, line, pathOf: origin.pathOf };
        const spans = listOf(scoped['spans']);
        if (spans !== scoped['spans'] && scoped['spans'] != null) sink.problem(`${pointer} is not a list`, line);
        count += spans.length;
        for (let index = 0; index < spans.length; index++) {
          const row = reader.read(spans[index], index, place);
          if (typeof row === 'string') sink.problem(row, line);
          else {
            const dialect = reader.dialect();
            if (dialect !== undefined) sink.dialect(dialect);
            if (isSampled(spans[index])) sink.sampled();
            sink.span(row);
          }
        }
      }
    }
    return count;
  };
}

/** The objects of a list that must be one; whatever else is there is a problem, not silence. */
function objectsOf(
  parent: JsonObject,
  key: string,
  at: string,
  line: number,
  sink: TracesSink,
): (readonly [number, JsonObject])[] {
  const list = parent[key];
  if (!Array.isArray(list)) sink.problem(`${at}/${key} is not a list`, line);
  return listOf(list).flatMap((item, index) => {
    if (isObject(item)) return [[index, item] as const];
    sink.problem(`${at}/${key}/${index} is not an object`, line);
    return [];
  });
}

function scopeName(scope: unknown): string | undefined {
  const name = isObject(scope) ? scope['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function resourceFacts(resource: unknown, fields: FieldReader, { keep }: SpanReaderOptions) {
  const attributes = isObject(resource) ? resource['attributes'] : undefined;
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
    version: first(RESOURCE_KEYS.version),
    outcome: outcomeOf(fields.text(F.outcome)),
    selected: redacted(fields.selected(), keep),
    signals: fields.signals(),
  };
}
