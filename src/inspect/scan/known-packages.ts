/** Shape of an API: what its calls are named and how its answers are laid out. */
export type Api = (typeof APIS)[number];

const APIS = [
  'openai',
  'anthropic',
  'google',
  'bedrock',
  'cohere',
  'mistral',
  'ai-sdk',
  'langchain',
  'llamaindex',
  'litellm',
  'other',
] as const;

/** A library that talks to models. */
export interface KnownPackage {
  /** Whose it is, as `providerId` understands it; a framework's or gateway's own name. */
  readonly provider: string;
  readonly api: Api;
  /** A framework or gateway reaches several providers: using it everywhere ties nobody to one. */
  readonly isFramework: boolean;
  /** Whether its clients repeat failed calls unless told not to. */
  readonly retries: boolean;
  /** Classes and functions that make a client, as exported; '' is the module itself. */
  readonly clients: readonly string[];
}

/** Groups of client classes; a group is written with `:`, a single class by its name. */
const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  ':openai': ['', 'default', 'OpenAI', 'AzureOpenAI', 'AsyncOpenAI', 'AsyncAzureOpenAI'],
  ':anthropic': [
    '',
    'default',
    ...['Anthropic', 'AnthropicBedrock', 'AnthropicVertex'].flatMap((c) => [c, `Async${c}`]),
  ],
  ':groq': ['', 'default', 'Groq', 'AsyncGroq', 'Together', 'AsyncTogether'],
  ':chat': ['OpenAI', 'AzureOpenAI', 'Anthropic', 'GoogleGenerativeAI', 'VertexAI', 'Bedrock', 'BedrockConverse']
    .concat('MistralAI', 'Cohere', 'Groq', 'LiteLLM', 'AzureAI')
    .flatMap((name) => [`Chat${name}`, `chat_models.Chat${name}`])
    .concat('AzureChatOpenAI', 'chat_models.AzureChatOpenAI', 'BedrockChat'),
};

/**
 * Packages of the npm registry: provider, API, kind, what repeats by default, clients. What repeats was measured or read
 * in the installed sources, 2026-11-21 (openai 6 and 7, Anthropic 1, AI SDK 6 and 7), else taken from the SDK's pages.
 */
export const NPM_PACKAGES = table(`
openai                                  openai      openai     sdk        retries  :openai
@azure/openai                           azure       openai     sdk        retries  OpenAIClient AzureOpenAI
@anthropic-ai/sdk                       anthropic   anthropic  sdk        retries  :anthropic
@anthropic-ai/bedrock-sdk               aws         anthropic  sdk        retries  :anthropic
@anthropic-ai/vertex-sdk                google      anthropic  sdk        retries  :anthropic
@google/genai                           google      google     sdk        once     GoogleGenAI
@google/generative-ai                   google      google     sdk        once     GoogleGenerativeAI
@google-cloud/vertexai                  google      google     sdk        once     VertexAI
@aws-sdk/client-bedrock-runtime         aws         bedrock    sdk        retries  BedrockRuntimeClient BedrockRuntime
@aws-sdk/client-bedrock-agent-runtime   aws         bedrock    sdk        retries  BedrockAgentRuntimeClient
cohere-ai                               cohere      cohere     sdk        retries  CohereClient CohereClientV2
@mistralai/mistralai                    mistral     mistral    sdk        once     default Mistral
groq-sdk                                groq        openai     sdk        retries  :groq
together-ai                             together    openai     sdk        retries  :groq
@ai-sdk/openai                          openai      ai-sdk     sdk        retries
@ai-sdk/anthropic                       anthropic   ai-sdk     sdk        retries
@ai-sdk/google                          google      ai-sdk     sdk        retries
@ai-sdk/google-vertex                   google      ai-sdk     sdk        retries
@ai-sdk/amazon-bedrock                  aws         ai-sdk     sdk        retries
@ai-sdk/azure                           azure       ai-sdk     sdk        retries
@ai-sdk/mistral                         mistral     ai-sdk     sdk        retries
@ai-sdk/cohere                          cohere      ai-sdk     sdk        retries
@ai-sdk/groq                            groq        ai-sdk     sdk        retries
@ai-sdk/xai                             x-ai        ai-sdk     sdk        retries
@ai-sdk/deepseek                        deepseek    ai-sdk     sdk        retries
ai                                      ai-sdk      ai-sdk     framework  retries
@openrouter/ai-sdk-provider             openrouter  ai-sdk     framework  retries
portkey-ai                              portkey     openai     framework  retries  default Portkey
langchain                               langchain   langchain  framework  retries  :chat
@langchain/core                         langchain   langchain  framework  retries
@langchain/langgraph                    langchain   langchain  framework  retries
@langchain/community                    langchain   langchain  framework  retries  :chat
@langchain/openai                       openai      langchain  sdk        retries  :chat
@langchain/anthropic                    anthropic   langchain  sdk        retries  :chat
@langchain/google-genai                 google      langchain  sdk        retries  :chat
@langchain/google-vertexai              google      langchain  sdk        retries  :chat
@langchain/aws                          aws         langchain  sdk        retries  :chat
@langchain/mistralai                    mistral     langchain  sdk        retries  :chat
@langchain/cohere                       cohere      langchain  sdk        retries  :chat
@langchain/groq                         groq        langchain  sdk        retries  :chat
llamaindex                              llamaindex  llamaindex framework  retries  OpenAI Anthropic Gemini
@llamaindex/openai                      openai      llamaindex sdk        retries  OpenAI
`);

/** Modules of Python, in the same columns; the longest name that a dotted path begins with counts. */
export const PYTHON_MODULES = table(`
openai                      openai      openai     sdk        retries  :openai
azure.ai.inference          azure       other      sdk        retries  ChatCompletionsClient
anthropic                   anthropic   anthropic  sdk        retries  :anthropic
google.genai                google      google     sdk        once     Client
google.generativeai         google      google     sdk        once     GenerativeModel
vertexai                    google      google     sdk        once     init generative_models.GenerativeModel
boto3                       aws         bedrock    sdk        retries  client Session().client session.Session().client
aioboto3                    aws         bedrock    sdk        retries  Session().client
cohere                      cohere      cohere     sdk        retries  Client ClientV2 AsyncClient AsyncClientV2
mistralai                   mistral     mistral    sdk        once     Mistral client.MistralClient
groq                        groq        openai     sdk        retries  :groq
together                    together    openai     sdk        retries  :groq
litellm                     litellm     litellm    framework  once     Router
langchain                   langchain   langchain  framework  retries  :chat
langchain_core              langchain   langchain  framework  retries
langgraph                   langchain   langchain  framework  retries
langchain_community         langchain   langchain  framework  retries  :chat
langchain_litellm           litellm     langchain  framework  once     :chat
langchain_openai            openai      langchain  sdk        retries  :chat
langchain_anthropic         anthropic   langchain  sdk        retries  :chat
langchain_google_genai      google      langchain  sdk        retries  :chat
langchain_google_vertexai   google      langchain  sdk        retries  :chat
langchain_aws               aws         langchain  sdk        retries  :chat
langchain_mistralai         mistral     langchain  sdk        retries  :chat
langchain_cohere            cohere      langchain  sdk        retries  :chat
langchain_groq              groq        langchain  sdk        retries  :chat
llama_index                 llamaindex  llamaindex framework  retries
llama_index.llms.openai     openai      llamaindex sdk        retries  OpenAI AzureOpenAI
`);

/** Whose model a module calls; undefined for frameworks, which reach several, and for what is no such module. */
export function providerOfModule(module: string): string | undefined {
  const known = NPM_PACKAGES.get(module) ?? PYTHON_MODULES.get(module.split(' ')[0] ?? '');
  return known === undefined || known.isFramework ? undefined : known.provider;
}

function table(rows: string): ReadonlyMap<string, KnownPackage> {
  return new Map(
    rows
      .trim()
      .split('\n')
      .map((row) => {
        const [name = '', provider = '', api, kind, repeats, ...clients] = row.trim().split(/\s+/);
        const known: KnownPackage = {
          provider,
          api: APIS.find((one) => one === api) ?? 'other',
          isFramework: kind === 'framework',
          retries: repeats === 'retries',
          clients: clients.flatMap((client) => CLIENTS[client] ?? client),
        };
        return [name, known];
      }),
  );
}
