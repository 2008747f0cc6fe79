import { ALIASES } from '../../otlp/aliases.ts';
import { type Answer, promptText } from '../../otlp/answer.ts';
import { decimalOf, type JsonObject } from '../../otlp/any-value.ts';
import { heardIn } from '../../said.ts';
import { textIn } from '../fields.ts';
import type { FormTools } from '../form.ts';
import { looseObject, looseValue } from '../loose-value.ts';
import { parameterNames, serviceTierIn } from '../model-parameters.ts';
import { recordedAnswer } from '../recorded-answer.ts';
import { firstTokenAfter, recordedTime } from '../recorded-time.ts';
import type { ModelDraft } from '../run-writer.ts';
import { aliased, type Metadata, metadataOf } from './metadata.ts';
import type { Observation } from './observation.ts';
import { offersOf } from './offers.ts';
import { langfuseUsage } from './usage.ts';

/** The answer of a generation; undefined = not recorded, or no generation. */
export function answerOf({ type, record }: Observation): Answer | undefined {
  if (type !== 'GENERATION') return undefined;
  const answer = recordedAnswer(record['output']);
  const names = record['toolCallNames'] ?? record['tool_call_names'];
  if (answer === undefined || answer.tools.length > 0 || !Array.isArray(names)) return answer;
  return { ...answer, tools: names.filter((name) => typeof name === 'string') };
}

export function modelCall(observation: Observation, answer: Answer | undefined, tools: FormTools): ModelDraft {
  const { record, startMs, endMs, error } = observation;
  const metadata = metadataOf(record);
  const parameters = looseObject(record['modelParameters'] ?? record['model_parameters']);
  const first = recordedTime(record['completionStartTime'] ?? record['completion_start_time'], tools);
  return {
    usage: langfuseUsage(record),
    answer,
    // What a failed call would have used is not known from what it was sent.
    heard: () => heardIn(looseValue(record['input'])),
    prompt: () => (error === undefined ? promptText(looseValue(record['input']), new Map()) : undefined),
    finish: finishOf(metadata.attributes) ?? finishOf(parameters),
    firstTokenMs: firstTokenAfter(startMs, first, endMs),
    serviceTier: aliased(metadata.attributes, 'serviceTier') ?? serviceTierIn(parameters),
    parameters: parameterNames(parameters),
    offeredTools: offersOf(record, parameters, metadata),
    costUsd: costOf(record),
    ...calledModel(record, metadata),
    ...observation,
  };
}

/** The name in the record is that of the answer where there is one; what was asked for stands in the metadata. */
export function calledModel(
  record: JsonObject,
  { own, attributes }: Metadata,
): Pick<ModelDraft, 'provider' | 'requestedModel' | 'servedModel'> {
  const named = textIn(record, 'model', 'providedModelName', 'provided_model_name');
  const requested = aliased(attributes, 'requestedModel') ?? textIn(own, 'ls_model_name');
  return {
    provider: aliased(attributes, 'provider') ?? textIn(own, 'ls_provider'),
    requestedModel: requested ?? named,
    servedModel: aliased(attributes, 'servedModel') ?? (requested === undefined ? undefined : named),
  };
}

function finishOf(from: JsonObject | undefined): readonly string[] | undefined {
  const recorded = [...ALIASES.finish.map(({ key }) => key), 'finishReason'].map((key) => from?.[key]);
  const reasons = looseValue(recorded.find((value) => value !== undefined));
  if (typeof reasons === 'string') return [reasons];
  return Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : undefined;
}

/** Langfuse works costs out itself, and writes 0 where it knows no price. */
function costOf(record: JsonObject): number | undefined {
  const details = looseObject(record['costDetails'] ?? record['cost_details']);
  const costs = [record['totalCost'], record['total_cost'], record['calculatedTotalCost'], details?.['total']];
  return costs.map(decimalOf).find((cost) => cost !== undefined && cost > 0);
}
