import { MODEL, SERVED_MODEL, type SyntheticTask, type SyntheticTurn } from '../synthetic-task.ts';
import { answerMessage, isoTime, messagesBefore } from './chat-messages.ts';
import type { SyntheticForm } from './synthetic-form.ts';

/** Spans one a line, as the console exporter of OpenTelemetry for Python prints them. */
export const spans: SyntheticForm = {
  name: 'spans, JSON lines',
  layout: 'lines',
  valuesOf: (task) => [
    ...task.turns.flatMap((turn, index) => [chatSpan(task, turn, index), ...toolSpan(task, turn)]),
    spanOf(task, {
      id: rootOf(task),
      name: 'invoke_agent support',
      startMs: task.startMs,
      endMs: task.endMs,
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'support', 'aigate.case': task.case },
    }),
  ],
};

interface SpanFacts {
  readonly id: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function rootOf({ id }: SyntheticTask): string {
  return id.slice(0, 16);
}

function spanOf(task: SyntheticTask, { id, name, startMs, endMs, attributes }: SpanFacts) {
  const root = rootOf(task);
  return {
    name,
    context: { trace_id: `0x${task.id}`, span_id: `0x${id}`, trace_state: '[]' },
    kind: 'SpanKind.CLIENT',
    parent_id: id === root ? null : `0x${root}`,
    start_time: isoTime(startMs),
    end_time: isoTime(endMs),
    status: { status_code: 'UNSET' },
    attributes,
    events: [],
    links: [],
    resource: { attributes: { 'service.name': 'support-bot', 'service.version': '1.42.0' }, schema_url: '' },
  };
}

function chatSpan(task: SyntheticTask, turn: SyntheticTurn, index: number) {
  const { id, startMs, endMs, call } = turn;
  return spanOf(task, {
    id: id.slice(0, 16),
    name: `chat ${MODEL}`,
    startMs,
    endMs,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': MODEL,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.response.model': SERVED_MODEL,
      'gen_ai.response.finish_reasons': [call ? 'tool_calls' : 'stop'],
      'gen_ai.usage.input_tokens': turn.inputTokens,
      'gen_ai.usage.output_tokens': turn.outputTokens,
      'gen_ai.usage.cache_read.input_tokens': turn.cachedTokens,
      'gen_ai.input.messages': JSON.stringify(messagesBefore(task, index)),
      'gen_ai.output.messages': JSON.stringify([answerMessage(turn)]),
    },
  });
}

function toolSpan(task: SyntheticTask, { call, endMs }: SyntheticTurn) {
  if (call === undefined) return [];
  return [
    spanOf(task, {
      id: call.id.slice(0, 16),
      name: `execute_tool ${call.name}`,
      startMs: endMs,
      endMs: call.endMs,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': call.name,
        'gen_ai.tool.call.id': call.id,
        'gen_ai.tool.call.arguments': JSON.stringify(call.args),
        'gen_ai.tool.call.result': call.result,
      },
    }),
  ];
}
