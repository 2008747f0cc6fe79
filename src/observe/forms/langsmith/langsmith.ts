import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { objectIn, textIn } from '../fields.ts';
import type { Form, FormTools, Place } from '../form.ts';
import { createRunParts, type RunParts } from '../run-parts.ts';
import type { RunHandle } from '../run-writer.ts';
import { runFacts } from './run-facts.ts';
import { type Span, spanOf, writeSpan } from './span.ts';

/**
 * Runs of LangSmith, as its interface, client and exports write them: one a line, in lists, in pages, or as trees in
 * which each has its `child_runs`. What LangSmith calls a run is a span; those of one trace are one run here.
 */
export const langsmith: Form = {
  name: 'langsmith',
  looksFor: 'run_type with trace_id, dotted_order or child_runs',
  recognises: (value) => isSpan(Array.isArray(value) ? value[0] : value) || isPage(value),
  open(tools) {
    const parts = createRunParts(tools.write);
    return {
      read(value, place) {
        if (isPage(value)) readPage(value, place, { tools, parts });
        else if (Array.isArray(value)) readList(value, place, { tools, parts });
        else readTree(value, place, { tools, parts });
      },
      end() {},
    };
  },
};

interface Reader {
  readonly tools: FormTools;
  readonly parts: RunParts;
}

function isSpan(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof value['run_type'] !== 'string' || typeof value['id'] !== 'string') return false;
  return 'trace_id' in value || 'dotted_order' in value || 'child_runs' in value;
}

function isPage(value: unknown): value is JsonObject {
  return isObject(value) && Array.isArray(value['runs']) && isSpan(value['runs'][0]);
}

function readPage(page: JsonObject, place: Place, reader: Reader): void {
  readList(listOf(page['runs']), { ...place, pointer: `${place.pointer}/runs` }, reader);
  if (textIn(objectIn(page, 'cursors'), 'next') !== undefined) {
    reader.tools.problem('the export goes on: the page names a next one', place.line);
  }
}

function readList(items: readonly unknown[], place: Place, reader: Reader): void {
  for (const [index, item] of items.entries()) {
    readTree(item, { ...place, pointer: `${place.pointer}/${index}` }, reader);
  }
}

/** A run and, where it has them, those below it; without recursion, because their depth comes from outside. */
function readTree(value: unknown, place: Place, { tools, parts }: Reader): void {
  const waiting: { readonly value: unknown; readonly place: Place; readonly above: Span | undefined }[] = [
    { value, place, above: undefined },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!isObject(next.value) || typeof next.value['run_type'] !== 'string') {
      tools.problem(`${next.place.pointer || 'the line'} is no run of LangSmith`, next.place.line);
      continue;
    }
    const span = spanOf(next.value, { place: next.place, above: next.above, tools });
    writeSpan(runOf(span, parts), span, tools);
    const children = listOf(next.value['child_runs']);
    for (let index = children.length - 1; index >= 0; index--) {
      const at = { ...next.place, pointer: `${next.place.pointer}/child_runs/${index}` };
      waiting.push({ value: children[index], place: at, above: span });
    }
  }
}

/** Where the outermost run has not ended, nothing is known of the whole yet. */
function runOf(span: Span, parts: RunParts): RunHandle {
  const { trace: id, place, startMs, endMs, error } = span;
  if (span.parent !== undefined) return parts.containing(id, () => ({ id, place, isWhole: false, attributes: {} }));
  const isWhole = endMs !== undefined;
  return parts.outermost({ id, place, isWhole, part: span.id, startMs, endMs, error, ...runFacts(span) });
}
