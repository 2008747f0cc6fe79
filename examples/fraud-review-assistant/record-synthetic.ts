/**
 * Writes the synthetic recording of one form of the example: OTLP/JSON lines as an OpenTelemetry file exporter
 * writes them, seeded, dated from `--now` backwards, bound to the digest that `aigate digest` prints.
 *
 *   tsx record-synthetic.ts --form piloted --digest sha256:… --now 2026-11-21T12:00:00Z --out FILE
 *
 * Nothing here ran: every resource says `deployment.environment.name = synthetic`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

type Attributes = Record<string, string | number | boolean | readonly string[]>;
interface Span {
  readonly name: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly attributes: Attributes;
  readonly error?: string;
}

/** What differs between the two forms of the assistant. Token counts per model call, times in ms. */
interface Form {
  readonly seed: number;
  readonly runs: number;
  /** Every n-th run meets an overloaded primary. */
  readonly outageEvery: number;
  readonly inputTokens: readonly [number, number];
  readonly outputTokens: readonly [number, number];
  readonly modelMs: readonly [number, number];
  readonly hasFallback: boolean;
  readonly asksHuman: boolean;
}

const FORMS: Readonly<Record<string, Form>> = {
  // Sends the whole case file with every call, gives up when the primary fails, writes notes unasked.
  piloted: {
    seed: 7,
    runs: 60,
    outageEvery: 40,
    inputTokens: [12_700, 20_800],
    outputTokens: [300, 620],
    modelMs: [1_500, 3_600],
    hasFallback: false,
    asksHuman: false,
  },
  // Sends excerpts, switches to the fallback, waits for an analyst before a note is written.
  remediated: {
    seed: 11,
    runs: 640,
    outageEvery: 16,
    inputTokens: [1_900, 3_100],
    outputTokens: [180, 360],
    modelMs: [500, 1_300],
    hasFallback: true,
    asksHuman: true,
  },
};

const PRIMARY = { provider: 'anthropic', model: 'claude-sonnet-4-6', served: 'claude-sonnet-4-6' };
const FALLBACK = { provider: 'openai', model: 'gpt-4.1', served: 'gpt-4.1-2025-04-14' };
const SIX_DAYS_MS = 6 * 24 * 3_600_000;

/** mulberry32 by Tommy Ettinger (public domain): small, fast, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The steps of one run, laid one after the other from its start. */
class Timeline {
  readonly spans: Span[] = [];
  readonly startMs: number;
  endMs: number;
  constructor(startMs: number) {
    this.startMs = startMs;
    this.endMs = startMs;
  }
  add(name: string, durationMs: number, attributes: Attributes, error?: string): void {
    this.spans.push({ name, startMs: this.endMs, durationMs, attributes, ...(error === undefined ? {} : { error }) });
    this.endMs += durationMs;
  }
}

type Case = 'summarize' | 'policy-question' | 'escalate';

/** Cases in exactly the declared mix: 55 %, 20 %, 25 %. */
function caseOf(index: number): Case {
  const slot = index % 20;
  return slot < 11 ? 'summarize' : slot < 15 ? 'policy-question' : 'escalate';
}

function simulateRun(form: Form, index: number, startMs: number, random: () => number): Span[] {
  const between = ([low, high]: readonly [number, number]) => Math.round(low + random() * (high - low));
  const run = new Timeline(startMs);
  const kind = caseOf(index);
  const fails = index % form.outageEvery === 5;
  const chat = (answer: { text: string } | { tool: string }) => {
    const call = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': PRIMARY.provider,
      'gen_ai.request.model': PRIMARY.model,
      'gen_ai.request.temperature': 0,
      'aigate.attempt': 1,
    };
    if (fails) {
      run.add(`chat ${PRIMARY.model}`, 400, { ...call, 'error.type': '529' }, '529');
      if (!form.hasFallback) return false;
    }
    const by = fails ? FALLBACK : PRIMARY;
    const isTool = 'tool' in answer;
    const part = isTool
      ? { type: 'tool_call', id: `call_${index}`, name: answer.tool, arguments: {} }
      : { type: 'text', content: answer.text };
    run.add(`chat ${by.model}`, between(form.modelMs), {
      ...call,
      'gen_ai.provider.name': by.provider,
      'gen_ai.request.model': by.model,
      'gen_ai.response.model': by.served,
      'gen_ai.usage.input_tokens': between(form.inputTokens),
      'gen_ai.usage.output_tokens': between(form.outputTokens),
      'gen_ai.response.finish_reasons': [isTool ? 'tool_calls' : 'stop'],
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [part] }]),
      ...(fails ? { 'aigate.fallback.from': PRIMARY.model, 'aigate.fallback.reason': 'overloaded' } : {}),
    });
    return true;
  };
  const tool = (name: string, args: object, extra: Attributes = {}) =>
    run.add(`execute_tool ${name}`, between([40, 160]), {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': name,
      'gen_ai.tool.call.id': `call_${index}_${name}`,
      'gen_ai.tool.call.arguments': JSON.stringify(args),
      ...extra,
    });
  const completed = work();
  run.spans.unshift({
    name: 'invoke_agent fraud-review-assistant',
    startMs,
    durationMs: run.endMs - startMs,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'aigate.case': kind,
      'aigate.outcome': completed ? 'success' : 'failure',
      ...(form.asksHuman ? { 'enduser.id': `analyst-${1 + (index % 6)}` } : {}),
    },
    ...(completed ? {} : { error: '529' }),
  });
  return run.spans;

  function work(): boolean {
    const caseId = `C-${10_000 + index}`;
    if (!chat({ tool: 'get_case' })) return false;
    tool('get_case', { case: caseId });
    if (!chat({ tool: 'search_policy' })) return false;
    tool('search_policy', { query: 'chargeback evidence' });
    if (kind === 'policy-question')
      return chat({ text: JSON.stringify({ policy: 'FR-12', allowed: index % 3 === 0 }) });
    if (kind === 'summarize') return chat({ text: `Case ${caseId}. Risk: medium. Two chargebacks within 30 days.` });
    if (!chat({ tool: 'create_case_note' })) return false;
    if (form.asksHuman) {
      run.add('approval create_case_note', between([15_000, 90_000]), {
        'aigate.approval.decision': index % 7 === 0 ? 'modify' : 'approve',
        'aigate.approval.by': 'human',
        'aigate.approval.approver': 'fraud-analyst',
        'gen_ai.tool.name': 'create_case_note',
        'gen_ai.tool.call.id': `call_${index}_create_case_note`,
      });
    }
    const unasked: Attributes = form.asksHuman ? {} : { 'aigate.approval.by': 'none' };
    tool('create_case_note', { case: caseId, note: 'Escalated to an analyst.' }, unasked);
    return chat({ text: `Case ${caseId}. Risk: high. Escalated to an analyst.` });
  }
}

function toOtlp(span: Span, ids: { traceId: string; spanId: string; parentSpanId: string | undefined }): object {
  const nano = (ms: number) => `${BigInt(Math.round(ms)) * 1_000_000n}`;
  return {
    traceId: ids.traceId,
    spanId: ids.spanId,
    ...(ids.parentSpanId === undefined ? {} : { parentSpanId: ids.parentSpanId }),
    name: span.name,
    kind: 3,
    startTimeUnixNano: nano(span.startMs),
    endTimeUnixNano: nano(span.startMs + span.durationMs),
    attributes: Object.entries(span.attributes).map(([key, value]) => ({ key, value: anyValue(value) })),
    status: span.error === undefined ? { code: 0 } : { code: 2, message: span.error },
  };
}

function anyValue(value: Attributes[string]): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return { intValue: String(value) };
  return { arrayValue: { values: value.map((item) => ({ stringValue: item })) } };
}

function recording(form: Form, options: { readonly nowMs: number; readonly digest: string }): string {
  const random = seeded(form.seed);
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const resource = {
    'service.name': 'fraud-review-assistant',
    'deployment.environment.name': 'synthetic',
    'aigate.artifacts.digest': options.digest,
  };
  const lines = Array.from({ length: form.runs }, (_, index) => {
    const startMs = options.nowMs - SIX_DAYS_MS + Math.floor((index / form.runs) * (SIX_DAYS_MS - 600_000));
    const traceId = hex(32);
    const [rootId, ...childIds] = Array.from({ length: 16 }, () => hex(16));
    const spans = simulateRun(form, index, startMs, random).map((span, i) =>
      toOtlp(span, {
        traceId,
        spanId: (i === 0 ? rootId : childIds[i - 1]) ?? hex(16),
        parentSpanId: i === 0 ? undefined : rootId,
      }),
    );
    const attributes = Object.entries(resource).map(([key, value]) => ({ key, value: anyValue(value) }));
    return JSON.stringify({
      resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: 'fraud-review-assistant' }, spans }] }],
    });
  });
  return `${lines.join('\n')}\n`;
}

const { values } = parseArgs({
  options: { form: { type: 'string' }, digest: { type: 'string' }, now: { type: 'string' }, out: { type: 'string' } },
});
const form = FORMS[values.form ?? ''];
const nowMs = Date.parse(values.now ?? '');
if (form === undefined || values.digest === undefined || values.out === undefined || Number.isNaN(nowMs)) {
  throw new Error('usage: record-synthetic.ts --form piloted|remediated --digest sha256:… --now ISO-DATE --out FILE');
}
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, recording(form, { nowMs, digest: values.digest }));
