import { HARMS } from '../contract/harm/harms.ts';
import type { DeclaredUserHarm } from '../contract/manifest.ts';
import type { ManifestInput } from './schema/manifest-schema.ts';
import { toExpectation } from './schema/scenarios-schema.ts';

/** An input as a run is given it: what is no text is JSON. */
export function inputText(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}

/** The contract's form of `userHarm`, with its defaults. */
export function toUserHarm(declared: ManifestInput['userHarm']): DeclaredUserHarm | undefined {
  if (declared === undefined) return undefined;
  const { packs, cases = [], template = '{input}', runs = 1 } = declared;
  return {
    packs: packs ?? (cases.length === 0 ? HARMS : []),
    cases: cases.map(({ id, harm, input, expect }) => ({
      id,
      harm,
      input: inputText(input),
      expect: expect.map(toExpectation),
    })),
    template: inputText(template),
    runs,
  };
}
