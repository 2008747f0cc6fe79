import { jsonValue } from '../contract/json-value.ts';
import type { RecordingForm } from '../contract/population.ts';
import type { LineSink } from './line-splitter.ts';
import { isObject } from './otlp/any-value.ts';
import type { ParseLine } from './otlp/parse-traces.ts';

/** Receives what a recording holds. Lines from 1. */
export interface RecordingSink {
  /** The form that a line or a document is of; undefined = none that is known. `expected`: that of the lines before. */
  formOf(value: unknown, expected?: RecordingForm): RecordingForm | undefined;
  /** A line, or the whole document, of the form that was found. */
  value(value: unknown, form: RecordingForm, line: number): void;
  /** A whole text that is not JSON: hand-written YAML, or nothing known. @returns whether it was recognised */
  yaml(text: string): boolean;
  /** OTLP of another signal (logs, metrics), which holds no spans. */
  otherSignal(name: string): void;
  problem(message: string, line: number): void;
  /** What each form looks for, for a text that none of them understands. */
  readonly tried: string;
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
  /** All lines so far: the first is line 1. */
  let held: string[] = [];
  let heldLength = 0;
  let isFirst = true;
  /** The first line opened a list that others go on with. */
  let isDocument = false;
  let isOverflown = false;
  let hasUnreadable = false;

  const parseLine = (text: string, number: number): unknown => {
    try {
      return form === 'otlp-json' ? parse(text) : JSON.parse(text);
    } catch (cause) {
      sink.problem(syntaxProblem(cause), number);
      return undefined;
    }
  };
  const dispatch = (value: unknown, number: number) => {
    const kind = sink.formOf(value, form);
    const other = isObject(value) ? OTHER_SIGNALS.find((name) => name in value) : undefined;
    if (kind !== undefined && kind === form) sink.value(value, kind, number);
    else if (other !== undefined) sink.otherSignal(other);
    else sink.problem(`not of the form ${form}, in which the file began`, number);
  };
  const decide = (found: RecordingForm, value: unknown, number: number) => {
    form = found;
    const before = held;
    held = [];
    for (const [index, text] of before.entries()) if (!isBlank(text)) readLine(text, index + 1);
    dispatch(value, number);
  };
  const readLine = (text: string, number: number) => {
    const value = parseLine(text, number);
    if (value !== undefined) dispatch(value, number);
  };
  const hold = (text: string) => {
    if (isFirst && !isBlank(text)) {
      isFirst = false;
      isDocument = /^\s*\[/.test(text) && jsonValue(text) === undefined;
    }
    heldLength += text.length + 1;
    if (heldLength > maxHeld) {
      isOverflown = true;
      held = [];
    } else held.push(text);
  };

  /** Lists only in the first line: further down they may be parts of a document. */
  const mayBeValue = (text: string): boolean =>
    !isDocument && (/^\s*\{.*\}\s*$/s.test(text) || (isFirst && /^\s*\[.*\]\s*$/s.test(text)));

  return {
    line(text, number) {
      if (isOverflown) return;
      const clean = number === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (form !== undefined) {
        if (!isBlank(clean)) readLine(clean, number);
        return;
      }
      const value = mayBeValue(clean) ? jsonValue(clean) : undefined;
      const kind = value === undefined ? undefined : sink.formOf(value);
      if (kind !== undefined) decide(kind, value, number);
      else hold(clean);
    },
    unreadable(reason, number) {
      hasUnreadable = true;
      if (form === undefined && !isOverflown) hold('');
      sink.problem(reason, number);
    },
    end() {
      if (form !== undefined) return form;
      if (isOverflown) sink.problem(`no known form within the first ${maxHeld} characters; use JSON lines`, 1);
      if (isOverflown) return 'unrecognised';
      const text = held.join('\n');
      if (isBlank(text)) return hasUnreadable ? 'unrecognised' : 'empty';
      const document = jsonValue(text);
      form = sink.formOf(document);
      if (form !== undefined) dispatch(document, 1);
      else if (isCassette(held)) sink.problem(CASSETTE, 1);
      else if (sink.yaml(text)) form = 'hand-written';
      else sink.problem(unrecognised(text, sink.tried), 1);
      return form ?? 'unrecognised';
    },
  };
}

const CASSETTE =
  'a cassette: requests and answers to be replayed in live runs (live.upstream.replay), not runs to be judged';

/** What `aigate record` writes beside the runs, by its first line. */
function isCassette(lines: readonly string[]): boolean {
  const first = jsonValue(lines.find((line) => !isBlank(line)) ?? '');
  return isObject(first) && first['v'] === 1 && isObject(first['req']) && isObject(first['res']);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Only the position: the engine's own message quotes the recording, which is not redacted yet. */
function syntaxProblem(cause: unknown): string {
  const position = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
  return position === undefined ? 'not valid JSON: it ends too early' : `not valid JSON at character ${position}`;
}

function unrecognised(text: string, tried: string): string {
  const what = text.includes('\0')
    ? 'binary content'
    : jsonValue(text) === undefined
      ? 'no JSON'
      : 'JSON of no known form';
  return `${what}. Tried: ${tried}`;
}
