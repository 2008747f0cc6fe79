import type { Frame } from '../wire/delivery.ts';

type TextFrame = readonly [afterMs: number, text: string];

/**
 * Frames as redacted text. Bytes that are no UTF-8 become U+FFFD, so that nothing is kept that redaction cannot read; a
 * character that lies across two frames goes into the later one. Where something is redacted the frames are cut anew at
 * the ends of events, and where it lies across events, all becomes one frame: a secret must not survive in two halves.
 * @param redact idempotent
 */
export function redactedFrames(frames: readonly Frame[], redact: (text: string) => string): readonly TextFrame[] {
  const texts = decoded(frames);
  const all = texts.map(([, text]) => text).join('');
  const whole = redact(all);
  if (whole === all) return texts;
  const events = atEventEnds(texts).map(([afterMs, text]): TextFrame => [afterMs, redact(text)]);
  const isSame = events.map(([, text]) => text).join('') === whole;
  return isSame ? events : [[texts.reduce((sum, [afterMs]) => sum + afterMs, 0), whole]];
}

function decoded(frames: readonly Frame[]): readonly TextFrame[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const texts = frames.map(({ afterMs, bytes }): TextFrame => [afterMs, decoder.decode(bytes, { stream: true })]);
  const rest = decoder.decode();
  return rest === '' ? texts : [...texts, [0, rest]];
}

function atEventEnds(texts: readonly TextFrame[]): readonly TextFrame[] {
  const events: TextFrame[] = [];
  let [waitedMs, begun] = [0, ''];
  for (const [afterMs, text] of texts) {
    waitedMs += afterMs;
    const parts = (begun + text).split(/(?<=\n\n|\r\n\r\n)/);
    begun = parts.pop() ?? '';
    for (const part of parts) {
      events.push([waitedMs, part]);
      waitedMs = 0;
    }
  }
  return begun === '' ? events : [...events, [waitedMs, begun]];
}
