import { documentsOf } from '../../documents.ts';
import { type Ending, endingOf } from '../../failure.ts';
import type { JsonObject } from '../../otlp/any-value.ts';
import type { Attributes } from '../attributes.ts';
import { objectIn, textIn } from '../fields.ts';
import type { FormTools, Place } from '../form.ts';
import { looseObject, looseValue } from '../loose-value.ts';
import { recordedTime } from '../recorded-time.ts';
import type { RunHandle } from '../run-writer.ts';
import { toolInput } from '../tool-input.ts';
import { calledModel, langsmithUsage, modelCall } from './model-call.ts';

/** What LangSmith calls a run, with what all kinds of them have in common. */
export interface Span extends Ending {
  readonly record: JsonObject;
  readonly place: Place;
  /** In small letters. */
  readonly type: string;
  readonly id: string;
  readonly trace: string;
  /** Undefined = it is the outermost. */
  readonly parent: string | undefined;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly inputs: JsonObject | undefined;
  readonly outputs: JsonObject | undefined;
  readonly metadata: JsonObject | undefined;
  readonly label: string | undefined;
  readonly attributes: () => Attributes;
}

interface Found {
  readonly place: Place;
  /** The run in whose `child_runs` it stands. */
  readonly above: Span | undefined;
  readonly tools: FormTools;
}

export function spanOf(record: JsonObject, { place, above, tools }: Found): Span {
  const id = textIn(record, 'id') ?? `${place.line}${place.pointer}`;
  // Lineage in one text, where links are left out: `{time}Z{id}.{time}Z{id}`, the outermost first.
  const order = (textIn(record, 'dotted_order') ?? '').split('.').map((part) => part.slice(part.indexOf('Z') + 1));
  const parents = record['parent_run_ids'];
  const nearest: unknown = Array.isArray(parents) ? parents.at(-1) : undefined;
  const listed = typeof nearest === 'string' ? nearest : order.length > 1 ? order.at(-2) : undefined;
  const metadata = objectIn(looseObject(record['extra']), 'metadata') ?? looseObject(record['metadata']);
  const error = textIn(record, 'error');
  return {
    record,
    place,
    type: (textIn(record, 'run_type') ?? '').toLowerCase(),
    id,
    trace: textIn(record, 'trace_id') ?? above?.trace ?? (order.length > 1 ? order[0] : undefined) ?? id,
    parent: textIn(record, 'parent_run_id') ?? above?.id ?? listed,
    startMs: recordedTime(record['start_time'], tools),
    endMs: recordedTime(record['end_time'], tools),
    inputs: looseObject(record['inputs']),
    outputs: looseObject(record['outputs']),
    metadata,
    label: textIn(record, 'name'),
    attributes: () => [metadata],
    ...endingOf(error !== undefined || textIn(record, 'status')?.toLowerCase() === 'error', error),
  };
}

export function writeSpan(run: RunHandle, span: Span, tools: FormTools): void {
  switch (span.type) {
    case 'llm':
      run.model(modelCall(span, tools));
      break;
    case 'embedding':
      run.embedding({ usage: langsmithUsage(span), ...calledModel(span), ...span });
      break;
    case 'tool':
      if (span.isPaused) run.structure(span);
      else
        run.tool({
          name: span.label,
          ...toolInput(span.inputs, span.outputs),
          result: () => span.outputs,
          ...span,
          error: toolError(span),
        });
      break;
    case 'retriever':
      run.retrieval({ source: span.label, documents: documentsIn(span.outputs), ...span });
      break;
    default:
      run.structure(span);
  }
}

/** A tool whose failure was handed to the model did not fail as a run. */
function toolError({ error, outputs }: Span): string | undefined {
  const message = looseObject(outputs?.['output']) ?? outputs;
  const status = textIn(objectIn(message, 'kwargs'), 'status') ?? textIn(message, 'status');
  return error ?? (status === 'error' ? 'tool_error' : undefined);
}

function documentsIn(outputs: JsonObject | undefined): readonly string[] | undefined {
  return documentsOf(looseValue(outputs?.['documents'] ?? outputs?.['output']));
}
