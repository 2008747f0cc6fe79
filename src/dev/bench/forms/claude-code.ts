import { CLAUDE, type SyntheticTask, type SyntheticTurn } from '../synthetic-task.ts';
import { isoTime } from './chat-messages.ts';
import type { SyntheticForm } from './synthetic-form.ts';

/** Sessions one after the other: a line for each part of an answer, and one for each result. */
export const claudeCode: SyntheticForm = {
  name: 'claude-code, JSON lines',
  layout: 'lines',
  valuesOf(task) {
    const first = lineOf(task, { uuid: `${task.id}-q`, parent: null, ms: task.startMs });
    const lines: object[] = [{ ...first, type: 'user', message: { role: 'user', content: task.question } }];
    let parent = `${task.id}-q`;
    for (const turn of task.turns) {
      lines.push(...answerLines(task, turn, parent), ...resultLine(task, turn));
      parent = turn.call?.id ?? turn.id;
    }
    return lines;
  },
};

interface LineFacts {
  readonly uuid: string;
  readonly parent: string | null;
  readonly ms: number;
}

function lineOf(task: SyntheticTask, { uuid, parent, ms }: LineFacts) {
  return {
    parentUuid: parent,
    isSidechain: false,
    userType: 'external',
    cwd: '/srv/shop',
    sessionId: task.id,
    version: '2.1.40',
    gitBranch: 'main',
    uuid,
    timestamp: isoTime(ms),
  };
}

function answerLines(task: SyntheticTask, turn: SyntheticTurn, parent: string) {
  const { id, said, call, endMs, inputTokens, cachedTokens, outputTokens } = turn;
  const parts = [
    { type: 'text', text: said },
    call && { type: 'tool_use', id: call.id, name: call.name, input: call.args },
  ];
  return parts.flatMap((part, index) => {
    if (part === undefined) return [];
    const message = {
      model: CLAUDE,
      id: `msg_01${id}`,
      type: 'message',
      role: 'assistant',
      content: [part],
      stop_reason: null,
      stop_sequence: null,
      usage: {
        input_tokens: inputTokens - cachedTokens,
        cache_creation_input_tokens: 100,
        cache_read_input_tokens: cachedTokens,
        cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 0 },
        output_tokens: outputTokens,
        service_tier: 'standard',
      },
    };
    const line = lineOf(task, { uuid: index === 0 ? id : `${id}-${index}`, parent, ms: endMs });
    return [{ ...line, type: 'assistant', requestId: `req_${id}`, message }];
  });
}

/** The client keeps a result twice: as the model is given it, and as it showed it. */
function resultLine(task: SyntheticTask, { id, call }: SyntheticTurn) {
  if (call === undefined) return [];
  const content = [{ tool_use_id: call.id, type: 'tool_result', content: call.result }];
  const line = lineOf(task, { uuid: call.id, parent: id, ms: call.endMs });
  return [
    { ...line, type: 'user', message: { role: 'user', content }, toolUseResult: { stdout: call.result, stderr: '' } },
  ];
}
