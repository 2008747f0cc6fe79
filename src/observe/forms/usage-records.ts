import type { RecordedUsage } from '../../contract/observed-run.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { countOf, lifetimes, part } from './usage-parts.ts';

/** No counts at all. */
export const NO_RECORDED_USAGE: RecordedUsage = {
  input: undefined,
  output: undefined,
  total: undefined,
  cacheRead: undefined,
  cacheWrite: undefined,
  cacheWriteLong: undefined,
  reasoning: undefined,
  convention: 'inclusive',
  reasoningIs: 'inside',
};

/** The first of several records of one call that counts anything: zeros stand where nothing was counted. */
export function firstCounted(records: readonly (RecordedUsage | undefined)[]): RecordedUsage {
  const isCounted = ({ input, output, total }: RecordedUsage) =>
    [input, output, total].some((count) => count !== undefined && count !== 0);
  return records.find((record) => record !== undefined && isCounted(record)) ?? NO_RECORDED_USAGE;
}

/**
 * Token counts as a provider, gateway or library writes them; which one is told by the names in the record itself, never
 * by the model. Undefined when it holds no counts under any known name.
 */
export function recordedUsage(value: unknown): RecordedUsage | undefined {
  if (!isObject(value)) return undefined;
  // The sum and both parts: also what LiteLLM writes for every provider, cache tokens inside `prompt_tokens`.
  if ('prompt_tokens' in value || 'completion_tokens' in value) return openAiChat(value);
  if (GEMINI.some((name) => name in value)) return gemini(value);
  if ('input_tokens' in value || 'output_tokens' in value) return inputOutput(value);
  if ('inputTokens' in value || 'outputTokens' in value) return camelInputOutput(value);
  if ('promptTokens' in value || 'completionTokens' in value) {
    return counts(value, { input: 'promptTokens', output: 'completionTokens', total: 'totalTokens' });
  }
  const total = countOf(value, 'total_tokens', 'totalTokens', 'total');
  return total === undefined ? undefined : { ...NO_RECORDED_USAGE, total };
}

/** OpenAI chat completions, Azure, DeepSeek, and LiteLLM, which may give the cached tokens twice under two names. */
function openAiChat(usage: JsonObject): RecordedUsage {
  const [prompt, completion] = [part(usage, 'prompt_tokens_details'), part(usage, 'completion_tokens_details')];
  const { sum, long } = lifetimes(prompt === undefined ? undefined : part(prompt, 'cache_creation_token_details'));
  return {
    ...counts(usage, { input: 'prompt_tokens', output: 'completion_tokens', total: 'total_tokens' }),
    cacheRead: countOf(prompt, 'cached_tokens') ?? countOf(usage, 'cache_read_input_tokens', 'prompt_cache_hit_tokens'),
    cacheWrite:
      countOf(prompt, 'cache_write_tokens', 'cache_creation_tokens') ??
      countOf(usage, 'cache_creation_input_tokens') ??
      sum,
    cacheWriteLong: long,
    reasoning: countOf(completion, 'reasoning_tokens'),
  };
}

/** OpenAI responses and Anthropic messages share names and count cache tokens in opposite ways; so does LangChain. */
function inputOutput(usage: JsonObject): RecordedUsage {
  const base = counts(usage, { input: 'input_tokens', output: 'output_tokens', total: 'total_tokens' });
  const [input, output] = [
    part(usage, 'input_tokens_details', 'input_token_details'),
    part(usage, 'output_tokens_details', 'output_token_details'),
  ];
  const reasoning =
    countOf(output, 'reasoning_tokens', 'thinking_tokens', ...tiers('reasoning')) ?? countOf(usage, 'reasoning_tokens');
  if (input !== undefined) {
    const { sum, long } = lifetimes(input);
    const written = countOf(input, 'cache_write_tokens', 'cache_creation');
    return {
      ...base,
      cacheRead: countOf(input, 'cached_tokens', ...tiers('cache_read')),
      // LangChain writes 0 beside the lifetimes, so that nobody adds them up.
      cacheWrite: written === undefined || written === 0 ? (sum ?? written) : written,
      cacheWriteLong: long,
      reasoning,
    };
  }
  if ('input_tokens_cache_read' in usage || 'input_tokens_cache_write' in usage) {
    // Inspect: whether cache tokens are inside depends on the provider; its total decides.
    return {
      ...base,
      cacheRead: countOf(usage, 'input_tokens_cache_read'),
      cacheWrite: countOf(usage, 'input_tokens_cache_write'),
      reasoning,
      convention: 'unstated',
    };
  }
  return { ...base, ...anthropicCache(usage), reasoning };
}

/** LangChain puts the tier that answered in front of what it counts. */
function tiers(name: string): readonly string[] {
  return [name, `priority_${name}`, `flex_${name}`];
}

function anthropicCache(usage: JsonObject): Partial<RecordedUsage> {
  const { sum, long } = lifetimes(part(usage, 'cache_creation'));
  const cacheRead = countOf(usage, 'cache_read_input_tokens');
  const cacheWrite = countOf(usage, 'cache_creation_input_tokens') ?? sum;
  const isDisjoint = cacheRead !== undefined || cacheWrite !== undefined;
  return { cacheRead, cacheWrite, cacheWriteLong: long, convention: isDisjoint ? 'disjoint' : 'inclusive' };
}

/** Bedrock Converse counts cache tokens beside the input; the AI SDK inside from 6 on, and before as the provider did. */
function camelInputOutput(usage: JsonObject): RecordedUsage {
  const base = counts(usage, { input: 'inputTokens', output: 'outputTokens', total: 'totalTokens' });
  if ('cacheReadInputTokens' in usage || 'cacheWriteInputTokens' in usage) {
    return {
      ...base,
      cacheRead: countOf(usage, 'cacheReadInputTokens'),
      cacheWrite: countOf(usage, 'cacheWriteInputTokens'),
      convention: 'disjoint',
    };
  }
  const [input, output] = [
    part(usage, 'inputTokenDetails', 'inputTokensDetails'),
    part(usage, 'outputTokenDetails', 'outputTokensDetails'),
  ];
  return {
    ...base,
    cacheRead: countOf(input, 'cacheReadTokens') ?? countOf(usage, 'cachedInputTokens'),
    cacheWrite: countOf(input, 'cacheWriteTokens'),
    reasoning: countOf(output, 'reasoningTokens') ?? countOf(usage, 'reasoningTokens'),
    convention: input === undefined && 'cachedInputTokens' in usage ? 'unstated' : 'inclusive',
  };
}

/** Gemini's names, as the interface and as Google's Python client write them. */
const GEMINI = ['promptTokenCount', 'candidatesTokenCount', 'prompt_token_count', 'candidates_token_count'] as const;

/** Thoughts stand beside the candidates; tokens of tool use are further input. */
function gemini(usage: JsonObject): RecordedUsage {
  const prompt = countOf(usage, 'promptTokenCount', 'prompt_token_count');
  const tools = countOf(usage, 'toolUsePromptTokenCount', 'tool_use_prompt_token_count');
  return {
    ...NO_RECORDED_USAGE,
    input: prompt === undefined ? tools : prompt + (tools ?? 0),
    output: countOf(usage, 'candidatesTokenCount', 'candidates_token_count'),
    total: countOf(usage, 'totalTokenCount', 'total_token_count'),
    cacheRead: countOf(usage, 'cachedContentTokenCount', 'cached_content_token_count'),
    reasoning: countOf(usage, 'thoughtsTokenCount', 'thoughts_token_count'),
    reasoningIs: 'beside',
  };
}

function counts(
  usage: JsonObject,
  { input, output, total }: { readonly input: string; readonly output: string; readonly total: string },
): RecordedUsage {
  return {
    ...NO_RECORDED_USAGE,
    input: countOf(usage, input),
    output: countOf(usage, output),
    total: countOf(usage, total),
  };
}
