import type { AigateError } from '../contract/errors.ts';
import { formatProblem } from '../contract/problem.ts';
import { visible } from '../contract/visible-text.ts';

/** What happened, where, and what to do next; the code last, for search and scripts. Ends with a newline. */
export function describeError(error: AigateError): string {
  if (error.problems.length > 0) return `${error.problems.map(formatProblem).join('\n')}\n`;
  const hint = error.hint === undefined ? '' : `\n  = help: ${visible(error.hint)}`;
  return `aigate: ${visible(error.message)} [${error.code}]${hint}\n`;
}
