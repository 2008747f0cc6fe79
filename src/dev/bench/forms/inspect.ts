import { MODEL, SERVED_MODEL, type SyntheticTask, type SyntheticTurn } from '../synthetic-task.ts';
import { isoTime, messagesBefore } from './chat-messages.ts';
import type { SyntheticForm } from './synthetic-form.ts';

const HEAD =
  '{"version":2,"status":"success","eval":{"eval_id":"e1","run_id":"r1","task":"support","task_version":"1",' +
  `"model":"openai/${MODEL}","dataset":{},"config":{}},"plan":{},"results":{"scores":[]},"stats":{},"samples":[`;

/** A log as one document, indented as Inspect writes it. */
export const inspectDocument: SyntheticForm = {
  name: 'inspect, JSON document',
  layout: 'document',
  around: [HEAD, ']}\n'],
  indent: 2,
  valuesOf: (task) => [sampleOf(task)],
};

/** The same as an archive, a member a sample. */
export const inspectArchive: SyntheticForm = { ...inspectDocument, name: 'inspect, .eval archive', layout: 'archive' };

function sampleOf(task: SyntheticTask) {
  return {
    id: `case-${task.number}`,
    epoch: 1,
    uuid: task.id,
    input: task.question,
    target: 'refunded',
    messages: messagesBefore(task, task.turns.length),
    scores: { includes: { value: task.isDone ? 'C' : 'I', answer: 'refunded' } },
    metadata: { 'aigate.case': task.case },
    started_at: isoTime(task.startMs),
    completed_at: isoTime(task.endMs),
    total_time: (task.endMs - task.startMs) / 1e3,
    store: {},
    events: [
      { ...eventAt(task.startMs), event: 'span_begin', id: 's', type: 'solvers', name: 'solvers' },
      ...task.turns.flatMap((turn, index) => [modelEvent(task, turn, index), ...toolEvent(turn)]),
    ],
    // Long texts of the events stand here, and each event has a reference.
    attachments: { [`system-${task.number}`]: task.system },
  };
}

function eventAt(ms: number) {
  return { span_id: 's', timestamp: isoTime(ms), working_start: 0.1 };
}

function modelEvent(task: SyntheticTask, turn: SyntheticTurn, index: number) {
  const { id, said, call, startMs, endMs, inputTokens, outputTokens, cachedTokens } = turn;
  const asked = call && [{ id: call.id, function: call.name, arguments: call.args, type: 'function' }];
  const message = { id, role: 'assistant', source: 'generate', content: said, ...(asked && { tool_calls: asked }) };
  const [, ...rest] = messagesBefore(task, index);
  return {
    uuid: id,
    ...eventAt(startMs),
    event: 'model',
    model: `openai/${MODEL}`,
    input: [{ role: 'system', content: `attachment://system-${task.number}` }, ...rest],
    tools: [],
    tool_choice: 'auto',
    config: { temperature: 0.2 },
    output: {
      model: SERVED_MODEL,
      choices: [{ message, stop_reason: call ? 'tool_calls' : 'stop' }],
      usage: {
        input_tokens: inputTokens - cachedTokens,
        output_tokens: outputTokens,
        total_tokens: inputTokens + outputTokens,
        input_tokens_cache_read: cachedTokens,
      },
      time: (endMs - startMs) / 1e3,
    },
    completed: isoTime(endMs),
    working_time: (endMs - startMs) / 1e3,
    call: { request: { model: MODEL, temperature: 0.2, max_tokens: 512 }, response: { service_tier: 'default' } },
  };
}

function toolEvent({ call, endMs }: SyntheticTurn) {
  if (call === undefined) return [];
  const { id, name, args, result } = call;
  const about = { event: 'tool', type: 'function', id, function: name, arguments: args, result };
  return [{ uuid: `${id}t`, ...eventAt(endMs), ...about, completed: isoTime(call.endMs), working_time: 0.1 }];
}
