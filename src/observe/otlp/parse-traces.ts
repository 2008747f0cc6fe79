import { jsonValue } from '../../contract/json-value.ts';
import { isObject } from './any-value.ts';
import { createSpanShapes } from './span-shapes.ts';

const SPANS = '"spans":[';
const NEXT_SPAN = '},{"traceId":"';

/** Parses one line: JSON.parse, or something that gives what is read of it. @throws SyntaxError */
export type ParseLine = (text: string) => unknown;

/**
 * A JSON.parse for lines that are one TracesData with one list of spans, as exporters write them: spans are scanned by
 * shape, and what is around them is parsed once for as long as it stays the same. Every other line, and every line in
 * which anything is unexpected, goes to JSON.parse. The result holds what the readers of spans read, and no more.
 */
export function createTracesParser(isRead: (key: string) => boolean): ParseLine {
  const shapes = createSpanShapes(isRead);
  let frame = '';
  let isFrameUsable = false;

  return (text) => {
    const from = text.indexOf(SPANS) + SPANS.length;
    if (from < SPANS.length || text.startsWith(']', from)) return JSON.parse(text);
    const spans: unknown[] = [];
    const end = readSpans(text, from, spans);
    if (end === -1) return JSON.parse(text);
    const around = text.slice(0, from) + text.slice(end);
    if (around !== frame) {
      frame = around;
      isFrameUsable = spansOf(jsonValue(around))?.length === 0;
    }
    const traces = isFrameUsable ? jsonValue(around) : undefined;
    const list = spansOf(traces);
    if (list === undefined) return JSON.parse(text);
    for (const span of spans) list.push(span);
    return traces;
  };

  /** @returns the position of the bracket that ends the list, -1 when it was not found */
  function readSpans(text: string, from: number, spans: unknown[]): number {
    let at = from;
    for (;;) {
      const scanned = shapes.scan(text, at);
      if (scanned !== undefined) {
        spans.push(scanned.span);
        at = scanned.end;
      } else {
        const end = text.indexOf(NEXT_SPAN, at) + 1 || text.lastIndexOf(']}]}]');
        const span = end > at ? jsonValue(text.slice(at, end)) : undefined;
        if (!isObject(span)) return -1;
        shapes.learn(text.slice(at, end));
        spans.push(span);
        at = end;
      }
      const separator = text.charAt(at);
      if (separator === ']') return at;
      if (separator !== ',') return -1;
      at += 1;
    }
  }
}

/** The one list of spans; undefined when there are several or none. */
function spansOf(traces: unknown): unknown[] | undefined {
  const group = onlyItem(isObject(traces) ? traces['resourceSpans'] : undefined);
  const scoped = onlyItem(isObject(group) ? group['scopeSpans'] : undefined);
  const spans = isObject(scoped) ? scoped['spans'] : undefined;
  return Array.isArray(spans) ? spans : undefined;
}

function onlyItem(list: unknown): unknown {
  return Array.isArray(list) && list.length === 1 ? list[0] : undefined;
}
