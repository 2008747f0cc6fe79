import type { HandWrittenRun, HandWrittenStep } from './hand-form-schema.ts';
import type { JsonObject } from './otlp/any-value.ts';

const NANOS_PER_MS = 1e6;
const ROOT_ID = spanId(0);

/**
 * A hand-written run as the OTLP/JSON it stands for: this function is what the form means. Span 0 encloses the run,
 * span n is step n − 1. Steps follow each other without a pause from `at`; after a step without `ms`, and in a run
 * without `at`, times are absent and durations, where given, are attributes.
 */
export function handFormToOtlp(run: HandWrittenRun): JsonObject {
  const clocks = clocksOf(run);
  const root = {
    traceId: run.run,
    spanId: ROOT_ID,
    name: 'run',
    ...timesBetween(clocks[0], clocks.at(-1)),
    attributes: attributes({
      'gen_ai.operation.name': 'invoke_workflow',
      'aigate.outcome': run.outcome,
      'gen_ai.client.operation.duration': run.at === undefined ? seconds(totalMs(run.steps)) : undefined,
    }),
  };
  const steps = run.steps.map((step, index) => ({
    traceId: run.run,
    spanId: spanId(index + 1),
    parentSpanId: ROOT_ID,
    ...timesBetween(clocks[index], clocks[index + 1]),
    ...spanOf(step, run.at !== undefined),
  }));
  const resource = { attributes: attributes(run.attributes ?? {}) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'hand-written' }, spans: [root, ...steps] }] }] };
}

function spanOf(step: HandWrittenStep, hasTimes: boolean): JsonObject {
  const duration = 'ms' in step && !hasTimes ? seconds(step.ms) : undefined;
  if ('model' in step) {
    return {
      name: `chat ${step.model}`,
      attributes: attributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': step.provider,
        'gen_ai.request.model': step.model,
        'gen_ai.response.model': step.served,
        'gen_ai.usage.input_tokens': step.in,
        'gen_ai.usage.output_tokens': step.out,
        'gen_ai.usage.cache_read.input_tokens': step.cacheRead,
        'gen_ai.response.time_to_first_chunk': seconds(step.ttftMs),
        'gen_ai.response.finish_reasons': typeof step.finish === 'string' ? [step.finish] : step.finish,
        'gen_ai.input.messages': userMessages(step),
        'gen_ai.output.messages': messages(step),
        'gen_ai.client.operation.duration': duration,
        'error.type': step.error,
        'aigate.attempt': step.attempt,
        'aigate.fallback.from': step.fallbackFrom,
      }),
      status: { code: step.error === undefined ? 0 : 2 },
    };
  }
  if ('approve' in step) {
    return {
      name: 'approval',
      attributes: attributes({
        'aigate.approval.decision': step.approve,
        'aigate.approval.by': step.by,
        'aigate.approval.approver': step.approver,
        'aigate.approval.id': step.id,
        'aigate.approval.arguments': step.args === undefined ? undefined : JSON.stringify(step.args),
        'gen_ai.tool.name': step.tool,
        'gen_ai.tool.call.id': step.call,
      }),
    };
  }
  return {
    name: `execute_tool ${step.tool}`,
    attributes: attributes({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': step.tool,
      'gen_ai.tool.call.id': step.call,
      'gen_ai.tool.call.arguments': step.args === undefined ? undefined : JSON.stringify(step.args),
      'gen_ai.tool.call.result': step.result,
      'gen_ai.client.operation.duration': duration,
    }),
    status: { code: step.ok === undefined ? 0 : step.ok ? 1 : 2 },
  };
}

function userMessages({ user }: { user?: string | undefined }): string | undefined {
  return user === undefined ? undefined : JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: user }] }]);
}

/** Content is recorded when the text or the requested tools are. */
function messages({ text, tools }: { text?: string | undefined; tools?: readonly string[] | undefined }) {
  if (text === undefined && tools === undefined) return undefined;
  const parts = [
    ...(text === undefined ? [] : [{ type: 'text', content: text }]),
    ...(tools ?? []).map((name) => ({ type: 'tool_call', name })),
  ];
  return JSON.stringify([{ role: 'assistant', parts }]);
}

/** Unix nanoseconds before each step and after the last; undefined = not known. */
function clocksOf({ at, steps }: HandWrittenRun): (bigint | undefined)[] {
  let clock = at === undefined ? undefined : BigInt(Date.parse(at)) * BigInt(NANOS_PER_MS);
  return [
    clock,
    ...steps.map((step) => {
      const ms = 'approve' in step ? 0 : step.ms;
      clock = clock === undefined || ms === undefined ? undefined : clock + BigInt(Math.round(ms * NANOS_PER_MS));
      return clock;
    }),
  ];
}

function timesBetween(start: bigint | undefined, end: bigint | undefined): JsonObject {
  return {
    ...(start === undefined ? {} : { startTimeUnixNano: String(start) }),
    ...(end === undefined ? {} : { endTimeUnixNano: String(end) }),
  };
}

/** Undefined as soon as one step that takes time does not say how long. */
function totalMs(steps: readonly HandWrittenStep[]): number | undefined {
  return steps.reduce<number | undefined>((total, step) => {
    const ms = 'approve' in step ? 0 : step.ms;
    return total === undefined || ms === undefined ? undefined : total + ms;
  }, 0);
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1e3;
}

/** Left out where absent. Lists are of strings. */
function attributes(values: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>) {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: string | number | boolean | readonly string[]): JsonObject {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map((item) => ({ stringValue: item })) } };
}

function spanId(position: number): string {
  return (position + 1).toString(16).padStart(16, '0');
}
