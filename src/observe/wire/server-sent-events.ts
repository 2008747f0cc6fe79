import type { JsonObject } from '../otlp/any-value.ts';

/** One event of a stream, as a client is told of it. */
export interface ServerSentEvent {
  /** The `event` field; undefined when there is none. */
  readonly event: string | undefined;
  readonly data: string;
}

/** One event on the wire. JSON text has no line breaks of its own, so that it stays one data line. */
export function eventText(data: JsonObject, event?: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/**
 * The events of a body with data, as a client dispatches them: what no empty line ends was cut off and does not count.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function readEvents(body: string): readonly ServerSentEvent[] {
  const lines = body.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const events: ServerSentEvent[] = [];
  let event: string | undefined;
  let data: string[] = [];
  for (const line of lines.slice(0, -1)) {
    if (line === '') {
      if (data.length > 0) events.push({ event, data: data.join('\n') });
      [event, data] = [undefined, []];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }
  return events;
}
