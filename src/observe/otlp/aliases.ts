// Which conventions the table below was written from. All GenAI conventions are unstable: names are added as rows,
// never replaced, because recordings of several generations are alive at once.
// - open-telemetry/semantic-conventions-genai@024a4f944a1291fcb627c9c47da69e79868dd15e (current names, `cache_write`
//   since its #440)
// - open-telemetry/semantic-conventions v1.26.0 to v1.41.1 (`gen_ai.system`, `prompt_tokens`, flat completion, message
//   events)

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
 * `aigate.*` are the project's own nine keys, for what the conventions have no name for.
 */
export const ALIASES = {
  operation: keys('gen_ai.operation.name', 'llm.request.type'),
  mcpMethod: keys('mcp.method.name'),
  provider: keys('gen_ai.provider.name', 'gen_ai.system'),
  requestedModel: keys('gen_ai.request.model'),
  servedModel: keys('gen_ai.response.model'),
  inputTokens: keys('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'),
  outputTokens: keys('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'),
  totalTokens: keys('gen_ai.usage.total_tokens', 'llm.usage.total_tokens'),
  cacheReadTokens: [
    { key: 'gen_ai.usage.cache_read.input_tokens' },
    { key: 'gen_ai.usage.cache_read_input_tokens', unstatedCache: true },
  ],
  cacheWriteTokens: [
    { key: 'gen_ai.usage.cache_write.input_tokens' },
    { key: 'gen_ai.usage.cache_creation.input_tokens' },
    { key: 'gen_ai.usage.cache_creation_input_tokens', unstatedCache: true },
  ],
  reasoningTokens: keys('gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens'),
  finish: keys('gen_ai.response.finish_reasons', 'gen_ai.response.finish_reason', 'gen_ai.response.stop_reason'),
  toolName: keys('gen_ai.tool.name', 'mcp.tool.name'),
  toolCallId: keys('gen_ai.tool.call.id'),
  toolArguments: keys('gen_ai.tool.call.arguments'),
  outputMessages: keys('gen_ai.output.messages'),
  completion: keys('gen_ai.completion', 'gen_ai.event.content'),
  errorType: keys('error.type'),
  /** Nanoseconds; read only where a span has no times. */
  durationNs: [{ key: 'gen_ai.client.operation.duration', factor: 1e9 }],
  approvalDecision: keys('aigate.approval.decision'),
  approvalBy: keys('aigate.approval.by'),
  approver: keys('aigate.approval.approver'),
  attempt: keys('aigate.attempt'),
  fallbackFrom: keys('aigate.fallback.from'),
  fallbackReason: keys('aigate.fallback.reason'),
  costUsd: keys('aigate.cost.usd'),
  outcome: keys('aigate.outcome'),
} satisfies Record<string, readonly Alias[]>;

export type Field = keyof typeof ALIASES;

/** Values that older generations spelt otherwise, per field. */
export const VALUE_ALIASES: Readonly<Partial<Record<Field, ReadonlyMap<string, string>>>> = {
  operation: new Map([['completion', 'text_completion']]),
  provider: new Map([
    ['az.ai.openai', 'azure.ai.openai'],
    ['az.ai.inference', 'azure.ai.inference'],
    ['gemini', 'gcp.gemini'],
    ['vertex_ai', 'gcp.vertex_ai'],
    ['xai', 'x_ai'],
  ]),
};

/** Content in numbered keys: `gen_ai.completion.0.content`, `gen_ai.completion.0.tool_calls.0.name`. */
export const NUMBERED_COMPLETION = 'gen_ai.completion.';

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
} as const;

function keys(...names: readonly string[]): readonly Alias[] {
  return names.map((key) => ({ key }));
}
