import { canonicalJson } from '../contract/json.ts';
import type { RunResult } from '../contract/result.ts';
import { replaceUnseen } from '../contract/visible-text.ts';
import { LOG_COMMAND } from './outside-text.ts';

/**
 * The result as JSON for people and programs: two spaces, sorted keys, no key for what is undefined, one newline at
 * the end. It is the content of `files/results.json`, byte for byte. What a terminal or the log of a CI service
 * would act on is written as a JSON escape: printing it is harmless and parsing it gives the same text.
 * @throws TypeError on NaN and infinities
 */
export function renderJson(result: RunResult): string {
  const pretty = JSON.stringify(JSON.parse(canonicalJson(result)), null, 2);
  return `${replaceUnseen(pretty, escapeUnlessNewline).replace(LOG_COMMAND, '#\\u0023')}\n`;
}

function escapeUnlessNewline(character: string): string {
  if (character === '\n') return character;
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
