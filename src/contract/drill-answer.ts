import type { DrillRun } from './drill-run.ts';

/** In UTF-16 units; the whole answer is in the file with the drills. */
const LONGEST_ANSWER = 160;

/** What the user would have seen of a run, on one line and cut to what a report holds; undefined = nothing. */
export function shortAnswer({ answer = '' }: Pick<DrillRun, 'answer'>): string | undefined {
  const text = answer.replace(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  return text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}…` : text;
}
