import { clip, logText } from './outside-text.ts';

/** Longest outside text shown in full. */
const LONGEST = 2_000;

/**
 * Outside text as a code span: nothing in it is a mention, an issue number, a link, an image or HTML. Its fence is
 * longer than any run of backticks inside.
 */
export function code(text: string): string {
  const shown = clip(logText(text), LONGEST);
  if (shown === '') return '(empty)';
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  // A span may neither begin nor end with a backtick; one space on both sides is not shown.
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * Text that Markdown gives no meaning and GitHub turns into no link, as it is; all other text as code. Not for the start
 * of a line.
 */
export function prose(text: string): string {
  return PLAIN.test(text) && !LINKED.test(text) ? clip(text, LONGEST) : code(text);
}

const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N} ,.;()%'-]|: )*$/u;
/** Web addresses, issue numbers and commit ids become links even without markup. */
const LINKED = /www\.|gh-|[0-9a-f]{7}/i;

/** Prose or code inside a table, where a pipe ends the cell even within code. */
export function cell(text: string): string {
  return prose(text).replaceAll('|', '\\|');
}
