/**
 * What a recorded finish reason says about the answer. `complete`: the model ended it. `tools`: it asks for tools and
 * waits. `cut`: tokens or context ran out. `withheld`: refused, filtered or blocked. `broken`: it failed, was stopped, or
 * is no valid answer. `paused`: it goes on in a further call. `unstated`: the reason does not say, or is not known here.
 */
export type FinishMeaning = 'complete' | 'tools' | 'cut' | 'withheld' | 'broken' | 'paused' | 'unstated';

/**
 * Read 2026-11-25. OpenAI: finish_reason of chat and legacy completions, status and incomplete_details.reason of
 * Responses. Anthropic: stop_reason. Gemini and Vertex AI: Candidate.FinishReason. Bedrock: StopReason of Converse, and
 * completionReason of Titan. Cohere: finish_reason of v1 and v2. Mistral, DeepSeek, Together, watsonx, Hugging Face TGI
 * and llama.cpp: finish_reason. AI SDK: LanguageModelFinishReason. LiteLLM and OpenTelemetry use OpenAI's words, the
 * latter in the singular. Inspect: StopReason.
 */
const WORDS = {
  complete: [
    'stop', // OpenAI, Gemini, AI SDK, OpenTelemetry
    'completed', // OpenAI Responses
    'end_turn', // Anthropic, Bedrock
    'stop_sequence', // Anthropic, Bedrock, Cohere, TGI
    'complete', // Cohere
    'finish', // Titan, with the two below
    'finished',
    'stop_criteria_met',
    'eos', // Together, llama.cpp
    'eos_token', // TGI, watsonx
    'endoftext', // AI21
  ],
  tools: [
    'tool_calls', // OpenAI, Mistral; AI SDK with a hyphen
    'tool_call', // OpenTelemetry, Cohere
    'function_call', // OpenAI before tools
    'tool_use', // Anthropic, Bedrock
  ],
  cut: [
    'length', // OpenAI, AI SDK, OpenTelemetry, Titan
    'max_tokens', // Anthropic, Gemini, Bedrock, Cohere
    'max_output_tokens', // OpenAI Responses, with the one below
    'incomplete',
    'model_context_window_exceeded', // Anthropic, Bedrock
    'model_length', // Mistral, Inspect
    'error_limit', // Cohere v1
    'token_limit', // watsonx
  ],
  withheld: [
    'content_filter', // OpenAI, Azure, OpenTelemetry; AI SDK with a hyphen
    'content_filtered', // Bedrock, Titan
    'guardrail_intervened', // Bedrock
    'refusal', // Anthropic
    'safety', // Gemini, with the nine below
    'recitation',
    'blocklist',
    'prohibited_content',
    'spii',
    'language',
    'model_armor',
    'image_safety',
    'image_prohibited_content',
    'image_recitation',
    'error_toxic', // Cohere v1
  ],
  broken: [
    'error', // OpenTelemetry, AI SDK, Cohere, Mistral
    'failed', // OpenAI Responses, with the one below
    'cancelled',
    'interrupted', // AI SDK
    'malformed_function_call', // Gemini, with the five below
    'malformed_response',
    'unexpected_tool_call',
    'too_many_tool_calls',
    'missing_thought_signature',
    'no_image',
    'malformed_model_output', // Bedrock, with the one below
    'malformed_tool_use',
    'timeout', // Cohere
    'user_cancel', // Cohere v1
    'time_limit', // watsonx
    'abort', // vLLM
    'insufficient_system_resource', // DeepSeek
  ],
  paused: [
    'pause_turn', // Anthropic, with the one below
    'compaction',
    'in_progress', // OpenAI Responses, with the one below
    'queued',
    'not_finished', // watsonx
  ],
} as const satisfies Readonly<Record<Exclude<FinishMeaning, 'unstated'>, readonly string[]>>;

const MEANINGS: ReadonlyMap<string, FinishMeaning> = new Map([
  ...entriesOf('complete'),
  ...entriesOf('tools'),
  ...entriesOf('cut'),
  ...entriesOf('withheld'),
  ...entriesOf('broken'),
  ...entriesOf('paused'),
]);

/** Each word as it is written and by its letters. */
function entriesOf(meaning: keyof typeof WORDS): [string, FinishMeaning][] {
  return WORDS[meaning].flatMap((word): [string, FinishMeaning][] => [
    [word, meaning],
    [lettersOf(word), meaning],
  ]);
}

/** In any case and with any separators: `MAX_TOKENS`, `max-tokens`, `maxTokens` and `FinishReason.MAX_TOKENS` are one. */
export function finishMeaning(reason: string): FinishMeaning {
  return MEANINGS.get(reason) ?? MEANINGS.get(lettersOf(reason)) ?? 'unstated';
}

/**
 * What the finish reasons of one call say together: one for every choice it returned. Undefined = not recorded, or
 * recorded without any. Choices that ended differently state nothing: which of them was used is not known.
 */
export function finishOf(reasons: readonly string[] | undefined): FinishMeaning | undefined {
  const [first] = reasons ?? [];
  if (reasons === undefined || first === undefined) return undefined;
  const meaning = finishMeaning(first);
  return reasons.every((reason) => reason === first || finishMeaning(reason) === meaning) ? meaning : 'unstated';
}

function lettersOf(reason: string): string {
  return reason
    .slice(reason.lastIndexOf('.') + 1)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}
