import { documentsOf } from '../../documents.ts';
import { type Ending, endingOf } from '../../failure.ts';
import type { Answer } from '../../otlp/answer.ts';
import { isObject, type JsonObject } from '../../otlp/any-value.ts';
import type { Attributes } from '../attributes.ts';
import { textIn } from '../fields.ts';
import type { FormTools, Place } from '../form.ts';
import { looseValue } from '../loose-value.ts';
import { recordedTime } from '../recorded-time.ts';
import type { RunHandle } from '../run-writer.ts';
import { toolInput } from '../tool-input.ts';
import { calledModel, modelCall } from './generation.ts';
import { aliased, attributesIn, metadataOf } from './metadata.ts';
import { langfuseUsage } from './usage.ts';

/** One observation, with what every kind of them has in common. */
export interface Observation extends Ending {
  readonly record: JsonObject;
  readonly place: Place;
  /** In capitals. */
  readonly type: string;
  readonly id: string;
  /** Undefined = nothing that Langfuse knows encloses it. */
  readonly parent: string | undefined;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly label: string | undefined;
  readonly attributes: () => Attributes;
}

/** Reads an observation of the interface, the user interface (camel case) or the blob export (snake case). */
export function observationOf(record: JsonObject, place: Place, tools: FormTools): Observation {
  return {
    record,
    place,
    type: (textIn(record, 'type') ?? '').toUpperCase(),
    id: textIn(record, 'id') ?? `${place.line}${place.pointer}`,
    parent: textIn(record, 'parentObservationId', 'parent_observation_id'),
    startMs: recordedTime(record['startTime'] ?? record['start_time'], tools),
    endMs: recordedTime(record['endTime'] ?? record['end_time'], tools),
    label: textIn(record, 'name'),
    attributes: () => attributesIn(metadataOf(record)),
    ...endingOf(record['level'] === 'ERROR', textIn(record, 'statusMessage', 'status_message')),
  };
}

interface Known {
  readonly answer: Answer | undefined;
  /** It is a tool call although its type does not say so. */
  readonly isTool?: boolean;
  readonly tools: FormTools;
}

/** Writes an observation as the step it is. */
export function writeObservation(
  run: RunHandle,
  observation: Observation,
  { answer, isTool = false, tools }: Known,
): void {
  const { record, type } = observation;
  const isCall = isTool || type === 'TOOL';
  if (isCall && observation.isPaused) run.structure(observation);
  else if (isCall) {
    const { args, callId } = toolInput(record['input'], record['output']);
    const { attributes } = metadataOf(record);
    run.tool({
      name: aliased(attributes, 'toolName') ?? observation.label,
      callId: aliased(attributes, 'toolCallId') ?? callId,
      args,
      result: () => record['output'],
      ...observation,
    });
  } else if (type === 'GENERATION') run.model(modelCall(observation, answer, tools));
  else if (type === 'EMBEDDING') {
    run.embedding({ usage: langfuseUsage(record), ...calledModel(record, metadataOf(record)), ...observation });
  } else if (type === 'RETRIEVER') {
    run.retrieval({ source: observation.label, documents: documentsIn(record['output']), ...observation });
  } else run.structure(observation);
}

function documentsIn(output: unknown): readonly string[] | undefined {
  const found = looseValue(output);
  return documentsOf(isObject(found) ? found['documents'] : found);
}
