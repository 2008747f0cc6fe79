import type { JsonObject } from '../../otlp/any-value.ts';
import { textIn } from '../fields.ts';
import type { FormTools, Place } from '../form.ts';
import { recordedTime } from '../recorded-time.ts';
import type { RunDraft } from '../run-writer.ts';
import { timeMs } from '../times.ts';
import { createSpeakers } from './speakers.ts';
import { callOf } from './split-message.ts';
import type { SessionState } from './state.ts';
import { readAnswer, readQuestion, readSystem } from './turns.ts';

/** The lines of one session, in the order of the file. */
export interface Session {
  read(line: JsonObject, place: Place): void;
  end(): void;
}

/** The first line that is one of the conversation. */
export interface FirstLine {
  /** The session began with a line before this one. */
  readonly isBegun: boolean;
  readonly line: JsonObject;
  readonly place: Place;
  readonly tools: FormTools;
}

export function createSession(id: string, { isBegun, line: first, place, tools }: FirstLine): Session {
  const begin = beginOf(id, first, { place, isWhole: isBegun || beginsTask(first) });
  const run = tools.write(begin);
  const speakers = createSpeakers(({ message }) => {
    if (message !== undefined) run.model(callOf(message));
  });
  const state: SessionState = { run, tools, asked: new Map(), prompts: 0, hadNameless: speakers.hadNameless };
  let last: { readonly place: Place; readonly ms: number | undefined } = { place, ms: begin.startMs };
  return {
    read(line, at) {
      const speaker = speakers.of(line);
      if (speaker === undefined) return tools.ignore('lines that are there twice');
      const ms = recordedTime(line['timestamp'], tools);
      const part = { line, place: at, ms };
      last = { place: at, ms: ms ?? last.ms };
      if (line['type'] === 'system') return readSystem(state, speaker, part);
      if (line['type'] === 'assistant') readAnswer(state, speaker, part);
      else readQuestion(state, speaker, part);
      speaker.lastMs = ms;
    },
    end() {
      speakers.end();
      // With several prompts the time between first and last line is mostly that of a person who reads and thinks.
      if (state.prompts !== 1 || last.ms === undefined) return;
      tools.write({ ...begin, part: 'end', place: last.place, startMs: last.ms, endMs: last.ms });
    },
  };
}

/**
 * Whether nothing of the session came before a line. A sub-agent's lines enclose no task, and a conversation that was
 * summarised goes on where another file ends.
 */
export function beginsTask(line: JsonObject): boolean {
  if (line['parentUuid'] !== null || line['isSidechain'] === true) return false;
  return line['subtype'] !== 'compact_boundary' && line['isCompactSummary'] !== true;
}

/** The same for the first and the last line of a session. */
function beginOf(
  id: string,
  line: JsonObject,
  { place, isWhole }: { readonly place: Place; readonly isWhole: boolean },
): RunDraft {
  const { message: _message, toolUseResult: _result, ...attributes } = line;
  return {
    id,
    place,
    isWhole,
    startMs: timeMs(line['timestamp']),
    version: textIn(line, 'version'),
    attributes,
  };
}
