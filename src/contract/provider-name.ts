/**
 * Provider names as recordings write them → one id per company that bills. Ids are those of the price list.
 * Sources: OpenTelemetry `gen_ai.provider.name` and the older `gen_ai.system`, AI SDK, LiteLLM; read 2026-11-21.
 */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    anthropic: ['claude', 'anthropic.messages'],
    aws: [
      'aws.bedrock',
      'aws_bedrock',
      'aws-bedrock',
      'bedrock',
      'bedrock_converse',
      'amazon-bedrock',
      'amazon.bedrock',
    ],
    azure: [
      'azure.ai.openai',
      'azure.ai.inference',
      'az.ai.openai',
      'az.ai.inference',
      'azure_openai',
      'azure-openai',
      'azureopenai',
      'azure_ai',
      'azure.chat',
      'azure.responses',
    ],
    cohere: [],
    deepseek: [],
    fireworks: ['fireworks_ai', 'fireworks-ai'],
    google: [
      'gcp',
      'gcp.gemini',
      'gcp.vertex_ai',
      'gcp.gen_ai',
      'gemini',
      'vertex',
      'vertex_ai',
      'vertex-ai',
      'vertexai',
      'google_genai',
      'google.generative-ai',
      'google.vertex.chat',
    ],
    groq: [],
    mistral: ['mistral_ai', 'mistral-ai', 'mistralai', 'mistral.chat'],
    moonshotai: ['moonshot_ai', 'moonshot-ai', 'moonshot'],
    openai: ['openai.chat', 'openai.completion', 'openai.responses', 'openai-responses'],
    openrouter: [],
    perplexity: [],
    together: ['together_ai', 'together-ai', 'togetherai'],
    'x-ai': ['x_ai', 'xai', 'x.ai', 'xai.chat', 'xai.responses'],
  }).flatMap(([id, names]) => [id, ...names].map((name): [string, string] => [name, id])),
);

/** The id of a provider under all its names; a name that is not known is returned in lower case, never guessed. */
export function providerId(name: string): string {
  const key = name.trim().toLowerCase();
  return ALIASES.get(key) ?? key;
}

/** Whether the name belongs to a provider this table knows. */
export function isKnownProvider(name: string): boolean {
  return ALIASES.has(name.trim().toLowerCase());
}
