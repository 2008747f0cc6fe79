import { visible } from '../contract/visible-text.ts';

/** Where a frame points: line and column from 1, length in UTF-16 units, cut at the end of the line. */
export interface Pointed {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** Longest part of a line that is shown, and how much of it may stand before the marker. */
const WIDTH = 120;
const LEAD = 60;

/** The line with its neighbours and a marker under the columns; hidden characters are shown, long lines are cut. */
export function codeFrame(lines: readonly string[], { line, column, length }: Pointed): string {
  const from = column > WIDTH ? column - 1 - LEAD : 0;
  const show = (text: string) => {
    const part = text.replace(/\r$/, '').slice(from, from + WIDTH);
    return `${from > 0 ? '…' : ''}${visible(part)}${text.length > from + WIDTH ? '…' : ''}`;
  };
  const digits = String(Math.min(line + 1, lines.length)).length;
  const gutter = (number: number | string, sign = ' ') => `${sign} ${String(number).padStart(digits)} |`;
  const row = (number: number, sign?: string) => {
    const text = lines[number - 1];
    const isPastEnd = text === '' && number === lines.length && number !== line;
    return text === undefined || isPastEnd ? [] : [`${gutter(number, sign)} ${show(text)}`.trimEnd()];
  };
  const pointed = (lines[line - 1] ?? '').replace(/\r$/, '').slice(from, from + WIDTH);
  const [before, marked] = [pointed.slice(0, column - 1 - from), pointed.slice(column - 1 - from)];
  const indent = ' '.repeat(visible(before).length + (from > 0 ? 1 : 0));
  const marker = '^'.repeat(Math.max(1, visible(marked.slice(0, length)).length));
  return [...row(line - 1), ...row(line, '>'), `${gutter('')} ${indent}${marker}`, ...row(line + 1)].join('\n');
}
