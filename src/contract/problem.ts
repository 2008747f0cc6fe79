import type { Problem } from './errors.ts';
import { visible } from './visible-text.ts';

/**
 * A located problem as text without colour and without a final newline: place and code, the lines around it, the
 * next action. Nothing in it can act on a terminal.
 */
export function formatProblem({ file, line, column, message, code, frame, hint }: Problem): string {
  return [
    `${visible(file)}:${line}:${column} ${visible(message)} [${code}]`,
    ...(frame === undefined ? [] : frame.split('\n').map(visible)),
    ...(hint === undefined ? [] : [`  = help: ${visible(hint)}`]),
  ].join('\n');
}
