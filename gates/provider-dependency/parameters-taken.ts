import { makerOf } from '../../src/contract/model-maker.ts';
import { modelName } from '../../src/contract/model-name.ts';
import type { ModelRoute } from '../../src/contract/plan.ts';
import { providerId } from '../../src/contract/provider-name.ts';

/** Request parameters that an API does not take, under the names that `parameterName` gives. */
interface Untaken {
  readonly api: string;
  /** Only for these models, as `modelName` gives them; absent = for all. */
  readonly models?: RegExp;
  readonly parameters: readonly string[];
}

/** Parameters of OpenAI's chat completions that hardly anybody else has. */
const OPENAI_ONLY = [
  'logit_bias',
  'max_completion_tokens',
  'parallel_tool_calls',
  'prediction',
  'prompt_cache_key',
  'store',
  'top_logprobs',
  'user',
  'verbosity',
];

/**
 * Read 2026-11-25. OpenAI: API reference of chat completions, which refuses arguments it does not know. Reasoning models:
 * learn.microsoft.com "Azure OpenAI reasoning models", section on parameters that are not supported. Anthropic: API
 * reference of Messages, which permits no extra inputs; platform.claude.com "OpenAI SDK compatibility"; "Migration guide"
 * and the refusals in vercel/ai #14707 for sampling. Gemini: GenerationConfig of ai.google.dev. Bedrock:
 * InferenceConfiguration of Converse. Mistral: chat completion request, which permits no extra inputs. Groq:
 * console.groq.com/docs/openai. Cohere: API reference of Chat v2.
 */
const UNTAKEN: readonly Untaken[] = [
  {
    api: 'anthropic',
    parameters: [
      ...OPENAI_ONLY,
      'frequency_penalty',
      'logprobs',
      'n',
      'presence_penalty',
      'random_seed',
      'reasoning_effort',
      'response_format',
      'seed',
    ],
  },
  {
    api: 'anthropic',
    models: /^claude-(?:opus-(?:4-[7-9]|[5-9])|sonnet-[5-9]|fable-|haiku-(?:5-[5-9]|[6-9]))/,
    parameters: ['temperature', 'top_k', 'top_p'],
  },
  {
    api: 'openai',
    parameters: ['cache_control', 'random_seed', 'repetition_penalty', 'safe_prompt', 'thinking', 'top_k'],
  },
  {
    api: 'openai',
    models: /^(?:o[134](?:$|-)|gpt-5(?:$|-(?!chat)))/,
    parameters: [
      'frequency_penalty',
      'logit_bias',
      'logprobs',
      'presence_penalty',
      'temperature',
      'top_logprobs',
      'top_p',
    ],
  },
  { api: 'google', parameters: [...OPENAI_ONLY, 'cache_control', 'random_seed', 'thinking'] },
  {
    api: 'aws',
    parameters: [
      ...OPENAI_ONLY,
      'frequency_penalty',
      'logprobs',
      'n',
      'presence_penalty',
      'random_seed',
      'response_format',
      'seed',
    ],
  },
  {
    api: 'mistral',
    parameters: [
      'cache_control',
      'logit_bias',
      'logprobs',
      'max_completion_tokens',
      'seed',
      'store',
      'thinking',
      'top_k',
      'top_logprobs',
    ],
  },
  { api: 'groq', parameters: ['cache_control', 'logit_bias', 'logprobs', 'thinking', 'top_k', 'top_logprobs'] },
  { api: 'cohere', parameters: [...OPENAI_ONLY, 'cache_control', 'n', 'reasoning_effort', 'top_k', 'top_p'] },
];

/** What the API behind a declared model is known not to take; undefined = nothing is known of that API. */
export function untakenBy(route: Pick<ModelRoute, 'provider' | 'model'>): ReadonlySet<string> | undefined {
  const api = apiOf(route);
  const rows = UNTAKEN.filter((row) => row.api === api);
  if (rows.length === 0) return undefined;
  const model = modelName(route.model);
  return new Set(rows.filter(({ models }) => models?.test(model) ?? true).flatMap(({ parameters }) => parameters));
}

/** Clouds pass requests for Claude on as they are, and Azure takes those of OpenAI. */
function apiOf({ provider, model }: Pick<ModelRoute, 'provider' | 'model'>): string {
  const id = providerId(provider);
  if (makerOf(model) === 'anthropic' && ['aws', 'azure', 'google'].includes(id)) return 'anthropic';
  return id === 'azure' ? 'openai' : id;
}

/** One name per parameter, however it was recorded: `topK` and `top_k`, `choice.count` of OpenTelemetry and `n`. */
export function parameterName(recorded: string): string {
  const snake = recorded
    .trim()
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return Object.hasOwn(SYNONYMS, snake) ? (SYNONYMS[snake] ?? snake) : snake;
}

const SYNONYMS: Readonly<Record<string, string>> = {
  'choice.count': 'n',
  candidate_count: 'n',
  'reasoning.effort': 'reasoning_effort',
  'thinking.type': 'thinking',
  'thinking.budget_tokens': 'thinking',
  user_id: 'user',
};
