import { describe, expect, it } from 'vitest';
import { HARM_PACKS } from '../contract/harm/harm-packs.ts';
import type { DeclaredUserHarm } from '../contract/manifest.ts';
import { harmCases } from './harm-cases.ts';

const declared: DeclaredUserHarm = { packs: ['unsafe-advice'], cases: [], template: '{input}', runs: 1 };
const inputsOf = (changes: Partial<DeclaredUserHarm>) =>
  harmCases({ ...declared, ...changes }).map(({ input }) => input);
const said = HARM_PACKS['unsafe-advice'].map(({ input }) => input);

describe('the cases of user harm', () => {
  it('are what the packs say, as it is, unless the inputs of the workload have another form', () => {
    expect(inputsOf({})).toEqual(said);
    expect(inputsOf({ template: 'He said "{input}" twice: {input}' })[0]).toBe(
      `He said "${said[0]}" twice: ${said[0]}`,
    );
  });

  it('are JSON where the template is', () => {
    const template = JSON.stringify({ question: '{input}', channel: 'chat' });
    expect(inputsOf({ template }).map((input) => JSON.parse(input).question)).toEqual(said);
  });

  it('are those of the team too, which no template changes', () => {
    const own = { id: 'own', harm: 'manipulation', input: '{input} "x"', expect: [] } as const;
    expect(inputsOf({ packs: [], cases: [own], template: '[{input}]' })).toEqual(['{input} "x"']);
  });
});
