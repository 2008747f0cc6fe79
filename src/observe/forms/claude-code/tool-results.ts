import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { objectIn, textIn } from '../fields.ts';
import { NO_RECORDED_USAGE } from '../usage-records.ts';
import { type AskedTool, agentRecord, type Line, type SessionState } from './state.ts';

interface Arrival extends Line {
  readonly id: string;
  /** Undefined: its answer is not in the file. */
  readonly call: AskedTool | undefined;
  readonly parent: string | undefined;
}

/** What the client writes in place of a result where a person said no; the call did not run. */
const BY_PERSON = /^The user doesn't want to proceed with this tool use\b|^User rejected tool use\b/;
/**
 * The same where a rule, a mode or a hook said no, or where nobody was there to ask. Only at the beginning: further down
 * such words are what a tool wrote.
 */
const BY_POLICY =
  /^(?:Permission (?:to use|for this action)\b.*\bdenied\b|Claude requested permissions? to\b.*\bhaven't granted it yet\b|This command requires approval\b|(?:Hook )?PreToolUse:\S+ (?:hook error|denied)\b)/s;
const INTERRUPTED = /^The user doesn't want to take this action right now\b|^\[Request interrupted by user/;
/** Kinds of denials that say only that a call was stopped, perhaps after it had begun. */
const STOPPED: ReadonlySet<unknown> = new Set(['interrupted', 'cancelled']);
/** What the client writes is short. */
const LOOKED_AT = 400;

/** The step that a result tells of: a call that ran, or the refusal of one that did not. */
export function writeResult({ run, hadNameless }: SessionState, result: JsonObject, arrival: Arrival): void {
  const { id, call, line, place, ms, parent } = arrival;
  const [startMs, endMs] = [call?.atMs, ms];
  const times = startMs === undefined ? { startMs: endMs } : { startMs, endMs };
  const step = { parent, place: call?.place ?? place, ...times };
  const told = objectIn(line, 'toolUseResult') ?? {};
  const by = refusedBy(result, line);
  if (by !== undefined) {
    run.approval({ ...step, id: `approval ${id}`, decision: 'reject', by, tool: call?.name, callId: id });
    return;
  }
  run.tool({
    ...step,
    id: `tool ${id}`,
    name: call?.name,
    callId: id,
    args: call?.args,
    result: () => result['content'],
    error: errorOf(result, line),
  });
  // Versions that do not name a sub-agent have its lines before its result, in the same file.
  const isNameless = typeof told['totalTokens'] === 'number' && !hadNameless();
  const agent = textIn(told, 'agentId') ?? (isNameless ? `of ${id}` : undefined);
  // All that a sub-agent asked of models; where its own calls are recorded too, they lie within this one.
  if (agent !== undefined) run.model({ ...step, id: agentRecord(agent), usage: NO_RECORDED_USAGE, heard: () => [] });
}

/** Who said no to a call, so that it did not run. Newer versions name it; before, the words of the client tell. */
function refusedBy(result: JsonObject, line: JsonObject): 'human' | 'policy' | undefined {
  if (result['is_error'] !== true) return undefined;
  const kind = textIn(line, 'toolDenialKind');
  if (kind !== undefined) return STOPPED.has(kind) ? undefined : kind === 'user-rejected' ? 'human' : 'policy';
  const said = wordsOf(result, line);
  return BY_PERSON.test(said) ? 'human' : BY_POLICY.test(said) ? 'policy' : undefined;
}

function errorOf(result: JsonObject, line: JsonObject): string | undefined {
  const wasInterrupted = objectIn(line, 'toolUseResult')?.['interrupted'] === true;
  const isStopped = STOPPED.has(line['toolDenialKind']) || INTERRUPTED.test(wordsOf(result, line));
  if (wasInterrupted || isStopped) return 'interrupted';
  return result['is_error'] === true ? 'tool_error' : undefined;
}

/** What stands in place of a result; '' where the tool succeeded, whose output may quote anything. */
function wordsOf({ is_error: isError, content }: JsonObject, { toolUseResult: told }: JsonObject): string {
  if (isError !== true) return '';
  if (typeof content === 'string') return content.slice(0, LOOKED_AT);
  const [text] = listOf(content).flatMap((part) =>
    isObject(part) && typeof part['text'] === 'string' ? [part['text']] : [],
  );
  return (text ?? (typeof told === 'string' ? told : '')).slice(0, LOOKED_AT);
}
