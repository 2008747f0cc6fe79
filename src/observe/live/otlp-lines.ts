import type { Exchange } from '../proxy/exchange.ts';
import type { LiveRun } from './live-run.ts';
import { ownSteps } from './own-steps.ts';
import { spanId } from './span-id.ts';
import { toolSteps } from './tool-steps.ts';

export interface LiveRecording {
  /** Name of the workload. */
  readonly workload: string;
  /** What every run says it belongs to, such as `aigate.artifacts.digest`, and where it ran. */
  readonly resource: Readonly<Record<string, string>>;
  /** Attributes that a run of the scenario carries. */
  readonly selectOf: (scenario: string) => Readonly<Record<string, string>>;
  /** Whether a text shows a key or secret that the workload was given. */
  readonly showsKey: (text: string) => boolean;
}

/** A span before it has ids. */
export interface LiveSpan {
  readonly name: string;
  readonly startMs: number;
  /** Undefined: it never ran, or was stopped before its end, which is no time at all and not a short one. */
  readonly durationMs: number | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue | undefined>>;
  /** `error.type`; undefined = no error. */
  readonly error: string | undefined;
}

type AttributeValue = string | number | readonly string[];

/** What makes an answer that came none that a user could be given. */
function whyNoSuccess(answer: string | undefined, showsKey: (text: string) => boolean): string | undefined {
  if (isBlank(answer)) return 'nothing-shown';
  return answer !== undefined && showsKey(answer) ? 'key-shown' : undefined;
}

/** Whether it came to its own end: one that was stopped here would have taken longer, nobody knows how long. */
function hasEnded({ ending }: LiveRun): boolean {
  return ending === 'answered' || ending === 'failed';
}

/** One run as a line of OTLP/JSON, as an exporter would have written it; the reader of recordings takes it from there. */
export function otlpLine(run: LiveRun, { workload, resource, selectOf, showsKey }: LiveRecording): string {
  // Who arrives under load waits from then on, whenever this machine gets to start the run.
  const startMs = run.load?.intendedMs ?? run.startMs;
  const error = run.ending === 'answered' ? whyNoSuccess(run.answer, showsKey) : run.ending;
  const root: LiveSpan = {
    name: `invoke_agent ${workload}`,
    startMs,
    durationMs: hasEnded(run) ? run.startMs + run.durationMs - startMs : undefined,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'aigate.load': run.load?.role,
      'aigate.harm': run.harm,
      'aigate.rubrics': run.rubrics,
      'aigate.shown': run.ending === 'answered' ? (run.answer ?? '') : undefined,
      'aigate.outcome': error === undefined ? 'success' : 'failure',
      ...selectOf(run.scenario),
    },
    error,
  };
  const own = ownSteps(run.spans);
  // Tools are seen twice when the workload records them too; its own record knows more.
  const tools = own.some(({ isTool }) => isTool) ? [] : toolSteps(run.exchanges);
  const spans = [root, ...run.exchanges.map(modelSpan), ...tools].map((span, i) => toSpan(span, run.id, i));
  const idOf = (index: number) => spanId(run.id, spans.length + index);
  // Which of its own spans encloses another is kept; what it says of any other trace is not.
  const ids = new Map<unknown, string>(
    own.flatMap(({ span: { spanId: id } }, i) => (id === undefined ? [] : [[id, idOf(i)] as const])),
  );
  const attached = own.map(({ span }, i) => ({
    ...span,
    traceId: run.id,
    spanId: idOf(i),
    parentSpanId: ids.get(span['parentSpanId']) ?? spanId(run.id, 0),
  }));
  return `${JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: toAttributes({ 'service.name': workload, ...resource }) },
        scopeSpans: [{ scope: { name: 'aigate' }, spans: [...spans, ...attached] }],
      },
    ],
  })}\n`;
}

function isBlank(text: string | undefined): boolean {
  return (text ?? '').trim() === '';
}

function modelSpan(exchange: Exchange): LiveSpan {
  const { request, answer, provider, startMs, durationMs, firstContentMs, sdkRetry } = exchange;
  const finish = answer.finish === undefined ? undefined : [answer.finish];
  const operation = exchange.api === 'openai.embeddings' ? 'embeddings' : 'chat';
  return {
    name: `${operation} ${request.model ?? 'unknown'}`,
    startMs,
    durationMs,
    attributes: {
      'gen_ai.operation.name': operation,
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': request.model,
      'gen_ai.response.model': answer.model,
      'gen_ai.usage.input_tokens': answer.usage.input,
      'gen_ai.usage.output_tokens': answer.usage.output,
      'gen_ai.usage.cache_read.input_tokens': answer.usage.cacheRead,
      'gen_ai.response.finish_reasons': finish,
      'gen_ai.response.time_to_first_chunk': firstContentMs === undefined ? undefined : firstContentMs / 1e3,
      'gen_ai.tool.definitions': operation === 'chat' ? definitionsOf(exchange) : undefined,
      'gen_ai.output.messages': outputOf(exchange),
      'aigate.attempt': sdkRetry === undefined ? undefined : sdkRetry + 1,
      ...Object.fromEntries(request.parameters.map((name) => [`gen_ai.request.${name}`, 'given'])),
    },
    error: errorOf(exchange),
  };
}

/** The names are all that is known of them. */
function definitionsOf({ request }: Exchange): string {
  return JSON.stringify(request.tools.map((name) => ({ name })));
}

/** Undefined: nothing came of which a message could be made. */
function outputOf({ answer }: Exchange): string | undefined {
  const calls = answer.toolCalls.map(({ id, name, args }) => ({ type: 'tool_call', id, name, arguments: args }));
  const parts = [...(answer.text === '' ? [] : [{ type: 'text', content: answer.text }]), ...calls];
  return parts.length === 0 ? undefined : JSON.stringify([{ role: 'assistant', parts }]);
}

function errorOf({ answer, status, end }: Exchange): string | undefined {
  if (answer.isComplete && end === 'clean') return undefined;
  if (status === undefined || status >= 400) return answer.error ?? (status === undefined ? end : String(status));
  return answer.error ?? (end === 'clean' ? 'incomplete' : end);
}

function toSpan({ name, startMs, durationMs, attributes, error }: LiveSpan, run: string, index: number): object {
  return {
    traceId: run,
    spanId: spanId(run, index),
    ...(index === 0 ? {} : { parentSpanId: spanId(run, 0) }),
    name,
    kind: 3,
    startTimeUnixNano: nano(startMs),
    ...(durationMs === undefined ? {} : { endTimeUnixNano: nano(startMs + durationMs) }),
    attributes: toAttributes({ ...attributes, 'error.type': error }),
    status: error === undefined ? { code: 0 } : { code: 2, message: error },
  };
}

function nano(ms: number): string {
  return `${BigInt(Math.round(ms * 1e3))}000`;
}

function toAttributes(values: LiveSpan['attributes']): object[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: AttributeValue): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  return { arrayValue: { values: value.map((item) => anyValue(item)) } };
}
