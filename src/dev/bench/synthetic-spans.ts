import { nextHex, pick, type Random } from './random.ts';

/** One OTLP/JSON span of a generated run, ready for JSON.stringify. */
export type SyntheticSpan = Readonly<Record<string, unknown>>;

type Attribute = { readonly key: string; readonly value: unknown };

const MODELS = [
  { provider: 'openai', model: 'gpt-4o-mini', served: 'gpt-4o-mini-2024-07-18', host: 'api.openai.com' },
  {
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    served: 'claude-sonnet-4-5-20250929',
    host: 'api.anthropic.com',
  },
  {
    provider: 'gcp.gemini',
    model: 'gemini-2.5-flash',
    served: 'gemini-2.5-flash',
    host: 'generativelanguage.googleapis.com',
  },
] as const;
const TOOLS = ['get_case', 'search_policy', 'sql_query', 'create_case_note'] as const;
const CASES = ['summarize', 'escalate', 'refund', 'triage'] as const;
const WORDS =
  'the customer asked about a refund for an order that was late and the policy says to reply politely'.split(' ');

/** Share of chat spans that carry their messages; the rest is metadata, as exporters do by default. */
const CONTENT_SHARE = 0.1;
const ERROR_SHARE = 0.02;
const NANOS_PER_MS = 1_000_000;

interface Clock {
  readonly seconds: number;
  readonly nanos: number;
}

/**
 * The spans of one run in the order an exporter writes them: `turns` chats with a tool call between each two, then the
 * invoke_agent span that encloses them (`2 × turns` spans; a run without turns is its root alone).
 */
export function syntheticRun(random: Random, turns: number, startSeconds: number): SyntheticSpan[] {
  const run = { traceId: nextHex(random, 32), rootId: nextHex(random, 16), agent: 'support-triage', random };
  const model = pick(random, MODELS);
  const conversation = `conv_${nextHex(random, 24)}`;
  const spans: SyntheticSpan[] = [];
  const start: Clock = { seconds: startSeconds, nanos: Math.floor(random() * 1e9) };
  let now = start;
  for (let turn = 0; turn < turns; turn++) {
    const isLast = turn === turns - 1;
    const chatEnd = later(now, 200 + random() * 1500);
    spans.push(chatSpan(run, { model, conversation, isLast, start: now, end: chatEnd }));
    if (isLast) {
      now = chatEnd;
      break;
    }
    now = later(chatEnd, 10 + random() * 150);
    spans.push(toolSpan(run, { start: chatEnd, end: now }));
  }
  return [...spans, rootSpan(run, { conversation, start, end: now })];
}

interface RunContext {
  readonly traceId: string;
  readonly rootId: string;
  readonly agent: string;
  readonly random: Random;
}
interface Interval {
  readonly start: Clock;
  readonly end: Clock;
}

function chatSpan(
  run: RunContext,
  call: Interval & { model: (typeof MODELS)[number]; conversation: string; isLast: boolean },
): SyntheticSpan {
  const { random } = run;
  const { model } = call;
  const failed = random() < ERROR_SHARE;
  const finish = call.isLast ? 'stop' : 'tool_calls';
  const attributes = [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.provider.name', model.provider),
    text('gen_ai.request.model', model.model),
    text('gen_ai.conversation.id', call.conversation),
    text('gen_ai.agent.name', run.agent),
    { key: 'gen_ai.request.temperature', value: { doubleValue: 0.2 } },
    integer('gen_ai.request.max_tokens', 1024),
    { key: 'gen_ai.request.stream', value: { boolValue: true } },
    text('server.address', model.host),
    integer('server.port', 443),
    ...(failed ? [text('error.type', 'timeout')] : answered(random, model.served, finish)),
    ...(!failed && random() < CONTENT_SHARE ? messages(random, finish) : []),
  ];
  return span(run, { ...call, name: `chat ${model.model}`, kind: 3, attributes, failed });
}

function answered(random: Random, served: string, finish: string): Attribute[] {
  const input = 300 + Math.floor(random() * 2000);
  return [
    text('gen_ai.response.model', served),
    text('gen_ai.response.id', `chatcmpl-${nextHex(random, 24)}`),
    { key: 'gen_ai.response.finish_reasons', value: { arrayValue: { values: [{ stringValue: finish }] } } },
    integer('gen_ai.usage.input_tokens', input),
    integer('gen_ai.usage.output_tokens', 20 + Math.floor(random() * 400)),
    integer('gen_ai.usage.cache_read.input_tokens', Math.floor(random() * input)),
    { key: 'gen_ai.response.time_to_first_chunk', value: { doubleValue: Math.round(random() * 4000) / 10_000 } },
    text('gen_ai.output.type', 'text'),
    text('openai.response.service_tier', 'default'),
    text('gen_ai.request.reasoning.level', 'low'),
  ];
}

function messages(random: Random, finish: string): Attribute[] {
  const parts =
    finish === 'stop'
      ? [{ type: 'text', content: sentence(random) }]
      : [{ type: 'tool_call', id: `call_${nextHex(random, 24)}`, name: pick(random, TOOLS), arguments: { limit: 10 } }];
  return [
    text(
      'gen_ai.input.messages',
      JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: sentence(random) }] }]),
    ),
    text('gen_ai.output.messages', JSON.stringify([{ role: 'assistant', parts, finish_reason: finish }])),
  ];
}

function toolSpan(run: RunContext, call: Interval): SyntheticSpan {
  const { random } = run;
  const tool = pick(random, TOOLS);
  const failed = random() < ERROR_SHARE;
  const attributes = [
    text('gen_ai.operation.name', 'execute_tool'),
    text('gen_ai.tool.name', tool),
    text('gen_ai.tool.call.id', `call_${nextHex(random, 24)}`),
    text('gen_ai.tool.type', 'function'),
    text('gen_ai.agent.name', run.agent),
    text('gen_ai.tool.call.arguments', JSON.stringify({ id: nextHex(random, 8), q: sentence(random), limit: 10 })),
    text('gen_ai.tool.call.result', JSON.stringify({ ok: !failed, data: `${sentence(random)} ${sentence(random)}` })),
    ...(tool === 'create_case_note'
      ? [text('aigate.approval.decision', 'approve'), text('aigate.approval.by', 'human')]
      : []),
    ...(failed ? [text('error.type', 'tool_error')] : []),
  ];
  return span(run, { ...call, name: `execute_tool ${tool}`, kind: 1, attributes, failed });
}

function rootSpan(run: RunContext, root: Interval & { conversation: string }): SyntheticSpan {
  const attributes = [
    text('gen_ai.operation.name', 'invoke_agent'),
    text('gen_ai.agent.name', run.agent),
    text('gen_ai.conversation.id', root.conversation),
    text('aigate.case', pick(run.random, CASES)),
  ];
  return span(run, { ...root, name: `invoke_agent ${run.agent}`, kind: 1, attributes, failed: false, isRoot: true });
}

interface SpanParts extends Interval {
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly Attribute[];
  readonly failed: boolean;
  readonly isRoot?: boolean;
}

function span({ traceId, rootId, random }: RunContext, parts: SpanParts): SyntheticSpan {
  return {
    traceId,
    spanId: parts.isRoot === true ? rootId : nextHex(random, 16),
    ...(parts.isRoot === true ? {} : { parentSpanId: rootId }),
    flags: 257,
    name: parts.name,
    kind: parts.kind,
    startTimeUnixNano: nanos(parts.start),
    endTimeUnixNano: nanos(parts.end),
    attributes: parts.attributes,
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: parts.failed ? { code: 2, message: 'request failed' } : { code: 0 },
  };
}

function text(key: string, value: string): Attribute {
  return { key, value: { stringValue: value } };
}

function integer(key: string, value: number): Attribute {
  return { key, value: { intValue: String(value) } };
}

function sentence(random: Random): string {
  const from = Math.floor(random() * (WORDS.length - 8));
  return WORDS.slice(from, from + 8).join(' ');
}

function later({ seconds, nanos }: Clock, ms: number): Clock {
  const total = nanos + Math.floor(ms * NANOS_PER_MS);
  return { seconds: seconds + Math.floor(total / 1e9), nanos: total % 1e9 };
}

function nanos({ seconds, nanos: rest }: Clock): string {
  return `${seconds}${String(rest).padStart(9, '0')}`;
}
