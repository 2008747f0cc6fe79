import { MODEL, type SyntheticTask, type SyntheticTurn } from '../synthetic-task.ts';
import { answerMessage, isoTime, messagesBefore } from './chat-messages.ts';
import type { SyntheticForm } from './synthetic-form.ts';

/** Observations row by row, as the blob export writes them: nested values are JSON text. */
export const langfuseRows: SyntheticForm = {
  name: 'langfuse, JSON lines',
  layout: 'lines',
  valuesOf: (task) => [
    ...task.turns.flatMap((turn, index) => [generationRow(task, turn, index), ...toolRow(task, turn)]),
    { ...common(task), id: `${task.id}-root`, type: 'AGENT', name: 'support', ...rowTimes(task) },
  ],
};

/** Traces with their observations in one list, as the interface returns them. */
export const langfuseList: SyntheticForm = {
  name: 'langfuse, JSON array',
  layout: 'document',
  valuesOf: (task) => [
    {
      trace: { id: task.id, timestamp: isoTime(task.startMs), metadata: { 'aigate.case': task.case }, scores: [] },
      observations: [
        { id: `${task.id}-root`, traceId: task.id, type: 'AGENT', name: 'support', ...itemTimes(task) },
        ...task.turns.flatMap((turn, index) => [generation(task, turn, index), ...tool(task, turn)]),
      ],
    },
  ],
};

interface Lasting {
  readonly startMs: number;
  readonly endMs: number;
}

function common(task: SyntheticTask) {
  return { trace_id: task.id, environment: 'production', release: '1.42.0', user_id: 'u-1', level: 'DEFAULT' };
}

function rowTimes({ startMs, endMs }: Lasting) {
  return { start_time: rowTime(startMs), end_time: rowTime(endMs) };
}

/** As ClickHouse writes it. */
function rowTime(ms: number): string {
  return `${isoTime(ms).replace('T', ' ').replace('Z', '000')}`;
}

function itemTimes({ startMs, endMs }: Lasting) {
  return { startTime: isoTime(startMs), endTime: isoTime(endMs) };
}

function usageDetails({ inputTokens, cachedTokens, outputTokens }: SyntheticTurn) {
  const input = inputTokens - cachedTokens;
  return { input, input_cached_tokens: cachedTokens, output: outputTokens, total: inputTokens + outputTokens };
}

function generationRow(task: SyntheticTask, turn: SyntheticTurn, index: number) {
  return {
    ...common(task),
    id: turn.id,
    type: 'GENERATION',
    parent_observation_id: `${task.id}-root`,
    ...rowTimes(turn),
    name: 'answer',
    metadata: { 'aigate.case': task.case, ls_provider: 'openai' },
    provided_model_name: MODEL,
    model_parameters: '{"temperature":0.2}',
    usage_details: usageDetails(turn),
    total_cost: 3.5e-5,
    input: JSON.stringify(messagesBefore(task, index)),
    output: JSON.stringify(answerMessage(turn)),
  };
}

function toolRow(task: SyntheticTask, { call, endMs }: SyntheticTurn) {
  if (call === undefined) return [];
  const parent_observation_id = `${task.id}-root`;
  const content = { input: JSON.stringify(call.args), output: JSON.stringify(call.result) };
  const times = rowTimes({ startMs: endMs, endMs: call.endMs });
  return [{ ...common(task), id: call.id, type: 'TOOL', parent_observation_id, name: call.name, ...times, ...content }];
}

function generation(task: SyntheticTask, turn: SyntheticTurn, index: number) {
  return {
    id: turn.id,
    traceId: task.id,
    type: 'GENERATION',
    name: 'answer',
    parentObservationId: `${task.id}-root`,
    ...itemTimes(turn),
    level: 'DEFAULT',
    model: MODEL,
    modelParameters: { temperature: 0.2 },
    metadata: { ls_provider: 'openai', ls_model_name: MODEL },
    usageDetails: usageDetails(turn),
    costDetails: { total: 3.5e-5 },
    input: messagesBefore(task, index),
    output: answerMessage(turn),
  };
}

function tool(task: SyntheticTask, { call, endMs }: SyntheticTurn) {
  if (call === undefined) return [];
  const parentObservationId = `${task.id}-root`;
  const times = itemTimes({ startMs: endMs, endMs: call.endMs });
  const content = { input: call.args, output: call.result };
  return [{ id: call.id, traceId: task.id, type: 'TOOL', parentObservationId, name: call.name, ...times, ...content }];
}
