import { MODEL, type SyntheticTurn } from '../synthetic-task.ts';
import { answerMessage, isoTime } from './chat-messages.ts';
import type { SyntheticForm } from './synthetic-form.ts';

/** Episodes one a line, with usage and times on their messages. */
export const messages: SyntheticForm = {
  name: 'messages, JSON lines',
  layout: 'lines',
  valuesOf: ({ id, number, case: name, system, question, turns, startMs, isDone }) => [
    {
      id,
      task_id: number,
      reward: isDone ? 1 : 0,
      model: MODEL,
      provider: 'openai',
      'aigate.case': name,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: question, timestamp: isoTime(startMs) },
        ...turns.flatMap((turn) => [answered(turn), ...resultOf(turn)]),
      ],
    },
  ],
};

function answered(turn: SyntheticTurn) {
  const usage = { prompt_tokens: turn.inputTokens, completion_tokens: turn.outputTokens };
  return { ...answerMessage(turn), usage, cost: 0.0002, timestamp: isoTime(turn.endMs) };
}

function resultOf({ call }: SyntheticTurn) {
  if (call === undefined) return [];
  return [{ role: 'tool', tool_call_id: call.id, content: call.result, timestamp: isoTime(call.endMs) }];
}
