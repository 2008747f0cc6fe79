import { formatNumber } from '../contract/units.ts';
import { visible } from '../contract/visible-text.ts';

/** `##[command]` and `##vso[command]`: GitHub Actions and Azure Pipelines obey them anywhere in a line. */
export const LOG_COMMAND = /##(?=\w*\[)/g;

/**
 * Outside text for a log: one line, nothing hidden, and no `LOG_COMMAND`. It may still hold `::command::`, obeyed at the
 * start of a line: writers never begin a line with it.
 */
export function logText(text: string): string {
  return visible(text).replace(LOG_COMMAND, '#\\u{23}');
}

/** At most `longest` characters, and how many were left out. */
export function clip(text: string, longest: number): string {
  const characters = [...text.slice(0, 2 * longest + 2)];
  if (characters.length <= longest) return text;
  const kept = characters.slice(0, longest).join('');
  return `${kept} … (${formatNumber(text.length - kept.length)} more characters)`;
}
