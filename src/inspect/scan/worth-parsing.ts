import { isDeep } from '../../contract/nesting.ts';

/** One of these is in every module that has a finding: packages, models, calls. Few others need to be parsed. */
const MENTION =
  /openai|anthropic|claude-|gpt-|gemini|generative|genai|bedrock|vertexai|aiplatform|mistral|cohere|groq|langchain|langgraph|llamaindex|llama_index|litellm|@ai-sdk\/|['"]ai['"/]|portkey|openrouter|chat\.completions|messages\.create|responses\.create|deepseek|perplexity|fireworks|together|\.ai\.azure\.com|azure\.ai|api\.x\.ai|amazon\.|ai21\.|meta\.llama|arn:aws|command-|embed-|rerank-|text-embedding|whisper-|tts-1|dall-e|davinci|babbage|computer-use|imagen-|veo-|chatgpt-|codestral|ministral|mixtral|pixtral|magistral|devstral|grok-|sonar-|omni-moderation|-bison|\bo[134]-|beta\.(?:assistants|threads)|vector_?[sS]tore|cache_control|previous_?[rR]esponse/;
/** Characters a line has on average in what programs wrote: bundles, tables, embedded data. */
const GENERATED_LINE = 300;
const SHORTEST_GENERATED = 5_000;
/** Whether a module may have findings. */
export function mayTalkToModels(text: string): boolean {
  return MENTION.test(text);
}

/** Whether a text is no work of people: minified, or nested to wear parsers out. */
export function isUnreadable(text: string): boolean {
  return isGenerated(text) || isDeep(text);
}

function isGenerated(text: string): boolean {
  if (text.length < SHORTEST_GENERATED) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > GENERATED_LINE;
}
