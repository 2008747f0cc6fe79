import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';

/** Something that whoever is on call has to find in the runbook, under any of its names. */
export interface RunbookSubject {
  /** For messages: `fallback openai/gpt-4.1`. */
  readonly label: string;
  readonly names: readonly string[];
  readonly ref: EvidenceRef;
}

/** What takes over, who takes over, and what is watched, as declared. */
export function runbookSubjects(plan: Plan): RunbookSubject[] {
  const { models, handoff, evidence } = plan;
  return [
    ...models.fallback.map(({ provider, model }, index) => ({
      label: `fallback ${showName(`${provider}/${model}`)}`,
      names: [model, provider],
      ref: manifestRef(plan, pointerOf('models', 'fallback', index)),
    })),
    ...(handoff === undefined
      ? []
      : [
          {
            label: `queue ${showName(handoff.queue)}`,
            names: [handoff.queue],
            ref: manifestRef(plan, '/handoff/queue'),
          },
        ]),
    ...(evidence.monitors ?? []).map(({ name, signal }, index) => ({
      label: `monitor ${showName(name)}`,
      names: [name, signal],
      ref: manifestRef(plan, pointerOf('evidence', 'monitors', index)),
    })),
  ];
}

/**
 * Whether a text names a subject: `yes`, `no`, or `hidden` where the name is an address or a number of a person and the
 * text had such replaced before it was looked at.
 */
export function isNamedIn(text: string, { names }: RunbookSubject): 'yes' | 'no' | 'hidden' {
  const lower = text.toLowerCase();
  if (names.some((name) => holdsWord(lower, name.toLowerCase().replaceAll(/\s+/g, ' ').trim()))) return 'yes';
  return REPLACED.test(text) && names.some((name) => PERSONAL.test(name)) ? 'hidden' : 'no';
}

/** Tokens of the redaction for what may stand in the name of a queue. */
const REPLACED = /\[(?:email|phone):[0-9a-f]{8}\]/;
const PERSONAL = /@|\+\d/;

/** `ops` is no part of `stops`, and `gpt-4.1` is one of `gpt-4.1-mini`. */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + word.length])) return true;
  }
  return false;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
