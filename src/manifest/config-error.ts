import { AigateError, type ErrorCode, type Problem } from '../contract/errors.ts';

/** More problems than anybody repairs in one go. */
const MOST_SHOWN = 20;

/**
 * All problems of one file as one error, in the order of the text; beyond twenty the last one only counts the rest.
 * `problems` holds at least one.
 */
export function configError(code: ErrorCode, path: string, problems: readonly Problem[]): AigateError {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const [shown, rest] = [sorted.slice(0, MOST_SHOWN), sorted.slice(MOST_SHOWN)];
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  return new AigateError(code, `${path}: ${count}`, { problems: [...shown, ...rest.slice(0, 1).map(countOf(rest))] });
}

function countOf(rest: readonly Problem[]): (first: Problem) => Problem {
  const noun = rest.length === 1 ? 'problem' : 'problems';
  return ({ code, file, line, column }) => ({ code, file, line, column, message: `and ${rest.length} more ${noun}` });
}
