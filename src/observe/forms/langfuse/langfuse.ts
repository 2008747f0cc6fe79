import { decimalOf, isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { textIn } from '../fields.ts';
import type { Form, FormTools, Place } from '../form.ts';
import { createRunParts, type RunParts } from '../run-parts.ts';
import { answerOf } from './generation.ts';
import { type Observation, observationOf, writeObservation } from './observation.ts';
import { isObservation, itemShape, shapeOf } from './shapes.ts';
import { enclosed, isInternal, traceFacts, writeTrace } from './trace.ts';

/**
 * Exports of Langfuse: `{trace, observations}` of the user interface, a trace with its observations or a page of either
 * as the interface returns them, lists of these, and observations row by row, as the blob export writes them.
 */
export const langfuse: Form = {
  name: 'langfuse',
  looksFor: 'a trace with observations, or observations with traceId',
  recognises: (value) => shapeOf(value) !== undefined,
  open(tools) {
    const reader = { tools, parts: createRunParts(tools.write), pages: { seen: 0, announced: 0, line: 1 } };
    return {
      read: (value, place) => readShape(value, place, reader),
      end() {
        const { seen, announced, line } = reader.pages;
        if (seen < announced)
          tools.problem(`${seen} of ${announced} items of the export are here: pages are missing`, line);
      },
    };
  },
};

interface Reader {
  readonly tools: FormTools;
  readonly parts: RunParts;
  /** What pages said there is, and what was in them. */
  readonly pages: { seen: number; announced: number; line: number };
}

function readShape(value: unknown, place: Place, reader: Reader): void {
  const list = isObject(value) ? value['data'] : value;
  switch (shapeOf(value)) {
    case 'list':
      readList(listOf(list), place, reader);
      break;
    case 'page':
      countPage(isObject(value) ? value['meta'] : undefined, listOf(list).length, { place, reader });
      readList(listOf(list), { ...place, pointer: `${place.pointer}/data` }, reader);
      break;
    case 'wrapped':
    case 'trace':
    case 'observation':
    case undefined:
      readItem(value, place, reader);
  }
}

function countPage(
  meta: unknown,
  items: number,
  { place, reader: { pages } }: { readonly place: Place; readonly reader: Reader },
): void {
  pages.seen += items;
  pages.announced = Math.max(pages.announced, (isObject(meta) ? decimalOf(meta['totalItems']) : undefined) ?? 0);
  pages.line = place.line;
}

/** Observations of a list belong together by their trace; everything else in it stands by itself. */
function readList(items: readonly unknown[], place: Place, reader: Reader): void {
  const { tools } = reader;
  const traces = new Map<string, Observation[]>();
  for (const [index, item] of items.entries()) {
    const at = { ...place, pointer: `${place.pointer}/${index}` };
    const id = isObject(item) && isObservation(item) ? textIn(item, 'traceId', 'trace_id') : undefined;
    if (!isObject(item) || id === undefined) readItem(item, at, reader);
    else if (isInternal(item)) ignore(item, tools);
    else {
      const known = traces.get(id);
      if (known === undefined) traces.set(id, [observationOf(item, at, tools)]);
      else known.push(observationOf(item, at, tools));
    }
  }
  for (const [id, observations] of traces) {
    writeTrace({ id, place: observations[0]?.place ?? place, trace: undefined, observations }, tools);
  }
}

function readItem(value: unknown, place: Place, reader: Reader): void {
  const shape = itemShape(value);
  if (!isObject(value) || shape === undefined) {
    reader.tools.problem(`${place.pointer || 'the line'} is neither a trace nor an observation`, place.line);
  } else if (shape === 'observation') readRow(value, place, reader);
  else readTrace(shape === 'wrapped' ? value['trace'] : value, listOf(value['observations']), { place, reader });
}

function readTrace(
  trace: unknown,
  records: readonly unknown[],
  { place, reader: { tools } }: { readonly place: Place; readonly reader: Reader },
): void {
  const record = isObject(trace) ? trace : {};
  const observations: Observation[] = [];
  for (const [index, item] of records.entries()) {
    const at = { ...place, pointer: `${place.pointer}/observations/${index}` };
    if (!isObject(item)) tools.problem(`${at.pointer} is no observation`, at.line);
    else if (isInternal(record)) ignore(record, tools);
    else observations.push(observationOf(item, at, tools));
  }
  const id = textIn(record, 'id');
  if (id === undefined) tools.problem(`${place.pointer || 'the line'} is a trace without an id`, place.line);
  else if (!isInternal(record)) writeTrace({ id, place, trace: record, observations }, tools);
}

/** An observation in a line of its own, whose trace may be anywhere in the file. */
function readRow(record: JsonObject, place: Place, { tools, parts }: Reader): void {
  const id = textIn(record, 'traceId', 'trace_id');
  if (id === undefined) tools.problem(`${place.pointer || 'the line'} names no trace`, place.line);
  else if (isInternal(record)) ignore(record, tools);
  else {
    const observation = observationOf(record, place, tools);
    const isTop = observation.parent === undefined && observation.type !== 'EVENT';
    const run = isTop
      ? parts.outermost({ id, place, part: observation.id, ...traceFacts(record), ...enclosed([observation]) })
      : parts.containing(id, () => ({ id, place, isWhole: false, attributes: {} }));
    writeObservation(run, observation, { answer: answerOf(observation), tools });
  }
}

function ignore(record: JsonObject, tools: FormTools): void {
  tools.ignore(textIn(record, 'environment') ?? '');
}
