// Which conventions the tables below were written from. All GenAI conventions are unstable: names are added as rows,
// never replaced, because recordings of several generations are alive at once.
// - open-telemetry/semantic-conventions-genai@024a4f944a1291fcb627c9c47da69e79868dd15e (current names, `cache_write`
//   since its #440)
// - open-telemetry/semantic-conventions v1.26.0 to v1.41.1 (`gen_ai.system`, `prompt_tokens`, flat completion, message
//   events)
// - OpenLLMetry semconv_ai 0.5.2 (`traceloop.*`, `llm.*`), OpenInference spec/semantic_conventions.md (`llm.*`,
//   `openinference.*`), AI SDK packages/otel 6 and 7 (`ai.*`), Langfuse OtelIngestionProcessor (`langfuse.*`),
//   MLflow tracing (`mlflow.*`), LangSmith OTel (`langsmith.*`); all read 2026-11-21

/** One spelling of a field. */
export interface Alias {
  readonly key: string;
  /** Factor from the unit of this key to the unit of the field; 1 when absent. */
  readonly factor?: number;
  /** The producer's generation does not say whether cache tokens are part of the input tokens. */
  readonly unstatedCache?: true;
}

/**
 * Field → its spellings, newest first: where a span carries several, the newest wins. A dialect is rows here.
 * `aigate.*` are the project's own keys, for what the conventions have no name for.
 */
export const ALIASES = {
  operation: keys('gen_ai.operation.name', 'llm.request.type'),
  /** What a span is, where a dialect says so by other words than an operation: see `KINDS`. */
  kind: keys(
    'openinference.span.kind',
    'langfuse.observation.type',
    'mlflow.spanType',
    'traceloop.span.kind',
    'langsmith.span.kind',
    'ai.operationId',
  ),
  mcpMethod: keys('mcp.method.name'),
  provider: keys(
    'gen_ai.provider.name',
    'gen_ai.system',
    'llm.provider',
    'llm.system',
    'ai.model.provider',
    'mlflow.llm.provider',
  ),
  requestedModel: keys(
    'gen_ai.request.model',
    'llm.request.model_name',
    'llm.model_name',
    'ai.model.id',
    'langfuse.observation.model.name',
    'mlflow.llm.model',
  ),
  servedModel: keys('gen_ai.response.model', 'llm.response.model_name', 'ai.response.model', 'llm.response.model'),
  embeddingModel: keys('embedding.model_name'),
  inputTokens: keys(
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
  ),
  outputTokens: keys(
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
  ),
  totalTokens: keys(
    'gen_ai.usage.total_tokens',
    'llm.usage.total_tokens',
    'llm.token_count.total',
    'ai.usage.totalTokens',
  ),
  cacheReadTokens: [
    { key: 'gen_ai.usage.cache_read.input_tokens' },
    { key: 'gen_ai.usage.cache_read_input_tokens', unstatedCache: true },
    { key: 'gen_ai.usage.input_tokens.cached' },
    { key: 'llm.token_count.prompt_details.cache_read', unstatedCache: true },
    { key: 'ai.usage.cachedInputTokens', unstatedCache: true },
  ],
  cacheWriteTokens: [
    { key: 'gen_ai.usage.cache_write.input_tokens' },
    { key: 'gen_ai.usage.cache_creation.input_tokens' },
    { key: 'gen_ai.usage.cache_creation_input_tokens', unstatedCache: true },
    { key: 'llm.token_count.prompt_details.cache_write', unstatedCache: true },
  ],
  reasoningTokens: keys(
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'llm.usage.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.reasoningTokens',
  ),
  /** All counts in one JSON text. */
  usageJson: keys('langfuse.observation.usage_details', 'mlflow.chat.tokenUsage'),
  serviceTier: keys(
    'openai.response.service_tier',
    'gen_ai.openai.response.service_tier',
    'gen_ai.response.service_tier',
  ),
  /** Milliseconds. The second is the name of a metric that AI SDK 7 writes as an attribute. */
  firstTokenMs: [
    { key: 'gen_ai.response.time_to_first_chunk', factor: 1e3 },
    { key: 'gen_ai.client.operation.time_to_first_chunk', factor: 1e3 },
    { key: 'ai.response.msToFirstChunk' },
  ],
  finish: keys(
    'gen_ai.response.finish_reasons',
    'gen_ai.response.finish_reason',
    'gen_ai.response.stop_reason',
    'llm.finish_reason',
    'ai.response.finishReason',
  ),
  toolName: keys('gen_ai.tool.name', 'mcp.tool.name', 'tool.name', 'ai.toolCall.name'),
  toolCallId: keys('gen_ai.tool.call.id', 'tool.id', 'ai.toolCall.id'),
  toolArguments: keys(
    'gen_ai.tool.call.arguments',
    'ai.toolCall.args',
    'gcp.vertex.agent.tool_call_args',
    'mlflow.spanInputs',
    'traceloop.entity.input',
    'langfuse.observation.input',
    'gen_ai.prompt',
  ),
  /** Input and output of a span of any kind. */
  spanInput: keys('input.value'),
  toolResult: keys(
    'gen_ai.tool.call.result',
    'ai.toolCall.result',
    'gcp.vertex.agent.tool_response',
    'mlflow.spanOutputs',
    'traceloop.entity.output',
    'langfuse.observation.output',
    'output.value',
  ),
  entityName: keys('traceloop.entity.name'),
  inputMessages: keys(
    'gen_ai.input.messages',
    'ai.prompt.messages',
    'ai.prompt',
    'langfuse.observation.input',
    'gen_ai.prompt',
  ),
  outputMessages: keys('gen_ai.output.messages'),
  completion: keys(
    'gen_ai.completion',
    'gen_ai.event.content',
    'ai.response.text',
    'langfuse.observation.output',
    'output.value',
    'mlflow.spanOutputs',
  ),
  toolCalls: keys('ai.response.toolCalls'),
  /** What the request offers to the model. */
  toolDefinitions: keys('gen_ai.tool.definitions', 'ai.prompt.tools', 'mlflow.chat.tools', 'model_request_parameters'),
  errorType: keys('error.type'),
  /** `ERROR` where a dialect says by it what others say by the status. */
  level: keys('langfuse.observation.level'),
  /** ISO date-time of the first part of the answer. */
  firstTokenAt: keys('langfuse.observation.completion_start_time'),
  dataSource: keys('gen_ai.data_source.id', 'gen_ai.data_source.name'),
  documents: keys('gen_ai.retrieval.documents', 'gen_ai.retrieval.document_ids', 'retrieval.documents'),
  /** Nanoseconds; read only where a span has no times. */
  durationNs: [{ key: 'gen_ai.client.operation.duration', factor: 1e9 }],
  resends: keys('http.request.resend_count', 'http.resend_count'),
  httpMethod: keys('http.request.method', 'http.method'),
  load: keys('aigate.load'),
  harm: keys('aigate.harm'),
  rubrics: keys('aigate.rubrics'),
  /** What the user was shown in the end. */
  shown: keys('aigate.shown'),
  task: keys('test.case.name', 'langfuse.trace.metadata.dataset_item_id'),
  principal: keys('gen_ai.agent.id', 'enduser.id', 'user.id', 'langfuse.user.id'),
  version: keys('gen_ai.agent.version', 'langfuse.version', 'langfuse.observation.prompt.version'),
  approvalDecision: keys('aigate.approval.decision'),
  approvalBy: keys('aigate.approval.by'),
  approver: keys('aigate.approval.approver'),
  approvalId: keys('aigate.approval.id'),
  approvalArguments: keys('aigate.approval.arguments'),
  attempt: keys('aigate.attempt'),
  fallbackFrom: keys('aigate.fallback.from'),
  fallbackReason: keys('aigate.fallback.reason'),
  costUsd: keys('aigate.cost.usd', 'llm.cost.total'),
  outcome: keys('aigate.outcome'),
} satisfies Record<string, readonly Alias[]>;

export type Field = keyof typeof ALIASES;

/** Values that older generations spelt otherwise, per field. */
export const VALUE_ALIASES: Readonly<Partial<Record<Field, ReadonlyMap<string, string>>>> = {
  operation: new Map([
    ['completion', 'text_completion'],
    ['embedding', 'embeddings'],
    ['rerank', 'rerank'],
  ]),
  provider: new Map([
    ['az.ai.openai', 'azure.ai.openai'],
    ['az.ai.inference', 'azure.ai.inference'],
    ['gemini', 'gcp.gemini'],
    ['vertex_ai', 'gcp.vertex_ai'],
    ['xai', 'x_ai'],
    ['openai.chat', 'openai'],
    ['openai.responses', 'openai'],
    ['anthropic.messages', 'anthropic'],
  ]),
};

type Kind = 'model' | 'tool' | 'agent' | 'structure' | 'retrieval' | 'embedding' | 'noStep';

/** What a span is, by the words of the dialects in lower case. Words that are not here decide nothing. */
export const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...(['llm', 'chat_model', 'generation', 'ai.generatetext.dogenerate', 'ai.streamtext.dostream'] as const).map(
    (word) => [word, 'model'] as const,
  ),
  ...(['ai.generateobject.dogenerate', 'ai.streamobject.dostream'] as const).map((word) => [word, 'model'] as const),
  ...(['tool', 'ai.toolcall'] as const).map((word) => [word, 'tool'] as const),
  ['agent', 'agent'],
  ...(['chain', 'workflow', 'task', 'ai.generatetext', 'ai.streamtext'] as const).map(
    (word) => [word, 'structure'] as const,
  ),
  ...(['ai.generateobject', 'ai.streamobject', 'ai.embed', 'ai.embedmany'] as const).map(
    (word) => [word, 'structure'] as const,
  ),
  ...(['retriever', 'retrieval'] as const).map((word) => [word, 'retrieval'] as const),
  ...(['embedding', 'ai.embed.doembed', 'ai.embedmany.doembed'] as const).map((word) => [word, 'embedding'] as const),
  ...(['guardrail', 'evaluator', 'reranker', 'parser', 'prompt', 'memory'] as const).map(
    (word) => [word, 'noStep'] as const,
  ),
]);

/** Content in numbered keys: prefix → how the rest reads. */
export const NUMBERED_COMPLETIONS = ['gen_ai.completion.', 'llm.output_messages.'] as const;
export const NUMBERED_PROMPTS = ['gen_ai.prompt.', 'llm.input_messages.'] as const;
export const NUMBERED_DOCUMENTS = ['retrieval.documents.'] as const;
export const NUMBERED_TOOLS = ['llm.tools.', 'llm.request.functions.'] as const;

/** Keys that tell a dialect: the first whose prefix occurs. What has none of them but is a step is plain OpenTelemetry. */
export const DIALECTS: readonly (readonly [name: string, prefix: string])[] = [
  ['OpenInference', 'openinference.'],
  ['Langfuse', 'langfuse.'],
  ['MLflow', 'mlflow.'],
  ['AI SDK', 'ai.'],
  ['OpenLLMetry', 'traceloop.'],
  ['LangSmith', 'langsmith.'],
  ['MCP', 'mcp.'],
  ['aigate', 'aigate.'],
  ['OpenTelemetry GenAI', 'gen_ai.'],
  ['OpenLLMetry', 'llm.'],
];

/** Request parameters are the keys below these, without what every request has. */
export const PARAMETER_PREFIXES = ['gen_ai.request.', 'gen_ai.openai.request.', 'openai.request.'] as const;
export const EVERY_REQUEST: ReadonlySet<string> = new Set(['model', 'stream', 'max_tokens']);

/** Span events that carry what the model answered. */
export const ANSWER_EVENTS = {
  choice: 'gen_ai.choice',
  completion: 'gen_ai.content.completion',
  details: 'gen_ai.client.inference.operation.details',
} as const;

/** Attributes of the resource, which hold for all its spans. Newest first. */
export const RESOURCE_KEYS = {
  revision: ['vcs.ref.head.revision'],
  artifactsDigest: ['aigate.artifacts.digest'],
  environment: ['deployment.environment.name', 'deployment.environment'],
  version: ['service.version'],
} as const;

function keys(...names: readonly string[]): readonly Alias[] {
  return names.map((key) => ({ key }));
}
