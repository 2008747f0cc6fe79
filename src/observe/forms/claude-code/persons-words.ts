import { isObject, type JsonObject } from '../../otlp/any-value.ts';

/** What the program puts into the words of a person: reminders, and what commands printed. */
const PUT_IN = [
  'system-reminder',
  'local-command-stdout',
  'local-command-stderr',
  'bash-stdout',
  'bash-stderr',
  'task-notification',
];

/** The message of a person without what the program has put into it, which may be anybody's. */
export function personsWords(message: JsonObject): JsonObject {
  const { content } = message;
  if (typeof content === 'string') return { ...message, content: withoutBlocks(content) };
  if (!Array.isArray(content)) return message;
  return { ...message, content: content.map(partOf) };
}

function partOf(part: unknown): unknown {
  if (typeof part === 'string') return withoutBlocks(part);
  if (!isObject(part) || typeof part['text'] !== 'string') return part;
  return { ...part, text: withoutBlocks(part['text']) };
}

function withoutBlocks(text: string): string {
  return PUT_IN.reduce(withoutBlock, text);
}

/** One that does not end is left: it may be the person who writes about one. */
function withoutBlock(text: string, name: string): string {
  const [open, close] = [`<${name}>`, `</${name}>`];
  let kept = '';
  let at = 0;
  for (;;) {
    const from = text.indexOf(open, at);
    const to = from === -1 ? -1 : text.indexOf(close, from);
    if (to === -1) return kept + text.slice(at);
    kept += text.slice(at, from);
    at = to + close.length;
  }
}
