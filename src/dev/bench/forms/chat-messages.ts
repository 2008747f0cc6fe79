import type { SyntheticTask, SyntheticTurn } from '../synthetic-task.ts';

type Message = Readonly<Record<string, unknown>>;

/** The answer of a turn as a message of OpenAI's interface. */
export function answerMessage({ said, call }: SyntheticTurn): Message {
  if (call === undefined) return { role: 'assistant', content: said };
  const called = { name: call.name, arguments: JSON.stringify(call.args) };
  return { role: 'assistant', content: said, tool_calls: [{ id: call.id, type: 'function', function: called }] };
}

/** All that was said before a turn, as clients send it again with every request. */
export function messagesBefore({ system, question, turns }: SyntheticTask, turn: number): Message[] {
  const messages: Message[] = [
    { role: 'system', content: system },
    { role: 'user', content: question },
  ];
  for (const earlier of turns.slice(0, turn)) {
    messages.push(answerMessage(earlier));
    const { call } = earlier;
    if (call !== undefined) messages.push({ role: 'tool', tool_call_id: call.id, content: call.result });
  }
  return messages;
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
