import { isObject, type JsonObject } from '../../otlp/any-value.ts';
import { textIn } from '../fields.ts';
import type { Form } from '../form.ts';
import { beginsTask, createSession, type FirstLine, type Session } from './session.ts';

/** Sessions of one file that are kept open; a file is one session, or a handful that were joined. */
const MOST_SESSIONS = 1_000;

/** Kinds of lines that hold no part of a conversation, and need not name their session. */
const ABOUT_SESSIONS: ReadonlySet<unknown> = new Set(['summary', 'file-history-snapshot', 'queue-operation']);

/**
 * Transcripts of Claude Code: a line for each part of a message, as it keeps them under `projects/`. A run is a session;
 * what its sub-agents did belongs to it, also where they have files of their own. Shape: no public specification; read
 * from public transcripts of versions 1.0 to 2.1, 2026-11-25.
 */
export const claudeCode: Form = {
  name: 'claude-code',
  looksFor: 'user and assistant lines with sessionId and message',
  recognises: (value) => {
    if (!isObject(value) || typeof value['type'] !== 'string' || 'traceId' in value) return false;
    if (isSpoken(value)) return isObject(value['message']) && ('uuid' in value || 'sessionId' in value);
    return ABOUT_SESSIONS.has(value['type']) || typeof value['sessionId'] === 'string';
  },
  open: (tools) => {
    const sessions = new Map<string, Session>();
    /** Sessions that begin with a line which is none of the conversation, such as what a hook had to say. */
    const begun = new Set<string>();
    return {
      read(value, place) {
        if (!isObject(value)) return;
        const id = textIn(value, 'sessionId');
        if (isObject(value['forkedFrom'])) tools.ignore('lines of the session that was forked');
        else if (!isSpoken(value) && value['type'] !== 'system') {
          tools.ignore(`${value['type']} lines`);
          if (id !== undefined && beginsTask(value) && begun.size < MOST_SESSIONS) begun.add(id);
        } else if (id === undefined) tools.problem('the line has no sessionId', place.line);
        else sessionOf(id, { sessions, isBegun: begun.has(id), line: value, place, tools }).read(value, place);
      },
      end() {
        for (const session of sessions.values()) session.end();
        sessions.clear();
      },
    };
  },
};

interface Arrival extends FirstLine {
  readonly sessions: Map<string, Session>;
}

function sessionOf(id: string, { sessions, ...first }: Arrival): Session {
  const known = sessions.get(id);
  if (known !== undefined) return known;
  const [oldest] = sessions;
  if (oldest !== undefined && sessions.size >= MOST_SESSIONS) {
    oldest[1].end();
    sessions.delete(oldest[0]);
  }
  const session = createSession(id, first);
  sessions.set(id, session);
  return session;
}

function isSpoken({ type }: JsonObject): boolean {
  return type === 'user' || type === 'assistant';
}
