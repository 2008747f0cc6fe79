import type { LineSink } from './line-splitter.ts';
import { isObject, type JsonObject } from './otlp/any-value.ts';
import type { ParseLine } from './otlp/parse-traces.ts';
import { isTracesData } from './otlp/read-traces.ts';

export type RecordingForm = 'otlp-json' | 'hand-written' | 'empty' | 'unrecognised';

/** Receives what a recording holds. Lines from 1. */
export interface RecordingSink {
  /** A TracesData. */
  traces(traces: JsonObject, line: number): void;
  /** One hand-written run as written; `number` counts the runs of the file from 1. */
  handWritten(document: unknown, line: number): void;
  /** A whole text that is not JSON: hand-written YAML, or nothing known. @returns whether it was recognised */
  yaml(text: string): boolean;
  /** OTLP of another signal (logs, metrics), which holds no spans. */
  otherSignal(name: string): void;
  problem(message: string, line: number): void;
}

/** Reads lines of a recording whose form is not known beforehand. */
export interface RecordingReader extends LineSink {
  /** @returns the form, once all lines were given */
  end(): RecordingForm;
}

const OTHER_SIGNALS = ['resourceLogs', 'resourceMetrics', 'resource_logs', 'resource_metrics'];

/**
 * Tells the form by content: as soon as one line is a value of a known kind, the file is lines of that kind. Until then
 * lines are held, up to `maxHeld` UTF-16 units, because they may be one document spread over many lines.
 */
export function createRecordingReader(sink: RecordingSink, parse: ParseLine, maxHeld: number): RecordingReader {
  let form: RecordingForm | undefined;
  let held: { readonly text: string; readonly number: number }[] = [];
  let heldLength = 0;
  let isOverflown = false;
  let hasUnreadable = false;

  const parseLine = (text: string, number: number): unknown => {
    try {
      return parse(text);
    } catch (cause) {
      sink.problem(syntaxProblem(cause), number);
      return undefined;
    }
  };
  const dispatch = (value: unknown, number: number) => {
    const kind = kindOf(value);
    const other = isObject(value) ? OTHER_SIGNALS.find((name) => name in value) : undefined;
    if (kind === 'otlp-json' && kind === form && isObject(value)) sink.traces(value, number);
    else if (kind === 'hand-written' && kind === form) sink.handWritten(value, number);
    else if (other !== undefined) sink.otherSignal(other);
    else
      sink.problem(form === 'otlp-json' ? 'not a TracesData: no resourceSpans' : 'not a run: no run and steps', number);
  };
  const decide = (found: RecordingForm) => {
    form = found;
    const before = held;
    held = [];
    for (const { text, number } of before) if (!isBlank(text)) readLine(text, number);
  };
  const readLine = (text: string, number: number) => {
    const value = parseLine(text, number);
    if (value !== undefined) dispatch(value, number);
  };
  const hold = (text: string, number: number) => {
    heldLength += text.length + 1;
    if (heldLength > maxHeld) {
      isOverflown = true;
      held = [];
    } else held.push({ text, number });
  };

  return {
    line(text, number) {
      if (isOverflown) return;
      const clean = number === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (form !== undefined) {
        if (!isBlank(clean)) readLine(clean, number);
        return;
      }
      const kind = /^\s*\{.*\}\s*$/s.test(clean) ? kindOf(parsed(clean)) : undefined;
      hold(clean, number);
      if (kind !== undefined && !isOverflown) decide(kind);
    },
    unreadable(reason, number) {
      hasUnreadable = true;
      if (form === undefined && !isOverflown) hold('', number);
      sink.problem(reason, number);
    },
    end() {
      if (form !== undefined) return form;
      if (isOverflown) sink.problem(`no known form within the first ${maxHeld} characters; use JSON lines`, 1);
      if (isOverflown) return 'unrecognised';
      const text = held.map((line) => line.text).join('\n');
      if (isBlank(text)) return hasUnreadable ? 'unrecognised' : 'empty';
      form = kindOf(parsed(text));
      if (form !== undefined) dispatch(parsed(text), 1);
      else if (sink.yaml(text)) form = 'hand-written';
      else sink.problem(unrecognised(text), 1);
      return form ?? 'unrecognised';
    },
  };
}

/** What a JSON value is, by its keys. */
function kindOf(value: unknown): 'otlp-json' | 'hand-written' | undefined {
  if (isTracesData(value)) return 'otlp-json';
  return isObject(value) && 'run' in value && 'steps' in value ? 'hand-written' : undefined;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only the position: the engine's own message quotes the recording, which is not redacted yet. */
function syntaxProblem(cause: unknown): string {
  const position = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
  return position === undefined ? 'not valid JSON: it ends too early' : `not valid JSON at character ${position}`;
}

function unrecognised(text: string): string {
  const tried = 'neither OTLP/JSON (lines or one document) nor hand-written runs (YAML or JSON lines)';
  return text.includes('\0') ? `binary content: ${tried}` : tried;
}
