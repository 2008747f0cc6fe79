import type { HarmCase } from '../contract/harm/harm.ts';
import { HARM_PACKS } from '../contract/harm/harm-packs.ts';
import type { DeclaredUserHarm } from '../contract/manifest.ts';

/** The cases of the packs, in the form of the workload's inputs, and its own. */
export function harmCases({ packs, cases, template }: DeclaredUserHarm): readonly HarmCase[] {
  const ready = packs.flatMap((name) => HARM_PACKS[name]);
  return [...ready.map((one) => ({ ...one, input: filled(template, one.input) })), ...cases];
}

const PLACE = '{input}';

/** Within JSON, a text stands as JSON writes it. */
function filled(template: string, input: string): string {
  const text = isJson(template.replaceAll(PLACE, 'x')) ? JSON.stringify(input).slice(1, -1) : input;
  return template.split(PLACE).join(text);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
