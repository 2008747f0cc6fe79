import { MODEL, SERVED_MODEL, type SyntheticTask, type SyntheticTurn } from '../synthetic-task.ts';
import { isoTime, messagesBefore } from './chat-messages.ts';
import type { SyntheticForm } from './synthetic-form.ts';

/** Runs one a line, the outermost last, as exports in the order of their ends have them. */
export const langsmith: SyntheticForm = {
  name: 'langsmith, JSON lines',
  layout: 'lines',
  valuesOf: (task) => [
    ...task.turns.flatMap((turn, index) => [llmRun(task, turn, index), ...toolRun(task, turn)]),
    {
      ...common(task, { id: task.id, run_type: 'chain', name: 'support', startMs: task.startMs, endMs: task.endMs }),
      inputs: { question: task.question },
      outputs: {},
      extra: { metadata: { 'aigate.case': task.case, environment: 'production' } },
    },
  ],
};

interface RunFacts {
  readonly id: string;
  readonly run_type: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

function common(task: SyntheticTask, { startMs, endMs, ...facts }: RunFacts) {
  return {
    ...facts,
    trace_id: task.id,
    parent_run_id: facts.id === task.id ? null : task.id,
    start_time: isoTime(startMs),
    end_time: isoTime(endMs),
    error: null,
    status: 'success',
    tags: [],
    session_id: 's',
  };
}

function llmRun(task: SyntheticTask, turn: SyntheticTurn, index: number) {
  const { id, said, call, inputTokens, cachedTokens, outputTokens } = turn;
  const total_tokens = inputTokens + outputTokens;
  const kwargs = {
    content: said,
    additional_kwargs: {},
    response_metadata: { model_name: SERVED_MODEL, finish_reason: call ? 'tool_calls' : 'stop' },
    tool_calls: call === undefined ? [] : [{ name: call.name, args: call.args, id: call.id, type: 'tool_call' }],
    usage_metadata: {
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      total_tokens,
      input_token_details: { cache_read: cachedTokens },
    },
    type: 'ai',
  };
  const message = { lc: 1, type: 'constructor', id: ['langchain', 'schema', 'messages', 'AIMessage'], kwargs };
  return {
    ...common(task, { id, run_type: 'llm', name: 'ChatOpenAI', startMs: turn.startMs, endMs: turn.endMs }),
    inputs: { messages: [messagesBefore(task, index).map((kwargs) => ({ lc: 1, type: 'constructor', kwargs }))] },
    outputs: { generations: [[{ text: said, type: 'ChatGeneration', generation_info: null, message }]] },
    extra: {
      metadata: { ls_provider: 'openai', ls_model_name: MODEL, ls_model_type: 'chat', 'aigate.case': task.case },
      invocation_params: { model: MODEL, temperature: 0, _type: 'openai-chat', stop: null },
    },
    total_tokens,
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_cost: '0.0075',
  };
}

function toolRun(task: SyntheticTask, { call, endMs }: SyntheticTurn) {
  if (call === undefined) return [];
  const { id, name, args, result } = call;
  const output = { lc: 1, kwargs: { content: result, tool_call_id: id, status: 'success' } };
  return [
    {
      ...common(task, { id, run_type: 'tool', name, startMs: endMs, endMs: call.endMs }),
      inputs: { input: JSON.stringify(args) },
      outputs: { output },
      extra: { metadata: {} },
    },
  ];
}
