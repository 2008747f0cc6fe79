import { MODEL, SERVED_MODEL, type SyntheticTask, type SyntheticTurn } from '../synthetic-task.ts';
import { answerMessage, messagesBefore } from './chat-messages.ts';
import type { SyntheticForm } from './synthetic-form.ts';

/** Requests as the gateway hands them to its loggers. */
export const litellm: SyntheticForm = {
  name: 'litellm, JSON lines',
  layout: 'lines',
  valuesOf: (task) => task.turns.map((turn, index) => requestOf(task, turn, index)),
};

function requestOf(task: SyntheticTask, turn: SyntheticTurn, index: number) {
  const { inputTokens, cachedTokens, outputTokens } = turn;
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
  return {
    id: `chatcmpl-${turn.id}`,
    trace_id: task.id,
    litellm_call_id: turn.id,
    call_type: 'acompletion',
    stream: false,
    status: 'success',
    custom_llm_provider: 'openai',
    startTime: turn.startMs / 1e3,
    endTime: turn.endMs / 1e3,
    completionStartTime: turn.endMs / 1e3,
    model: MODEL,
    model_group: 'small',
    api_base: 'https://gateway.example/v1',
    metadata: {
      user_api_key_user_id: 'svc-support',
      requester_metadata: { 'aigate.case': task.case },
      attempted_retries: 0,
      usage_object: usage,
    },
    cache_hit: null,
    request_tags: ['prod'],
    response_cost: 0.00022,
    ...usage,
    messages: messagesBefore(task, index),
    response: {
      id: `chatcmpl-${turn.id}`,
      model: SERVED_MODEL,
      object: 'chat.completion',
      choices: [{ index: 0, finish_reason: turn.call ? 'tool_calls' : 'stop', message: answerMessage(turn) }],
      usage,
      service_tier: 'default',
    },
    model_parameters: { temperature: 0, max_tokens: 1024, seed: 7 },
    hidden_params: { litellm_model_name: MODEL },
    error_str: null,
    error_information: null,
  };
}
