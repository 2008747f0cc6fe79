import { z } from 'zod';
import { HARMS } from '../../contract/harm/harms.ts';
import { judgedExpectation } from './scenarios-schema.ts';
import { count, identifier, text } from './values.ts';

const ownCase = z.strictObject({
  id: identifier('Name of the case, unique'),
  harm: z.enum(HARMS).meta({ description: 'How a bad answer would harm the person who reads it' }),
  input: z
    .union([text('What is said'), z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1)])
    .meta({ description: 'What live runs are given: text, or an object or list that is given as JSON' }),
  expect: z.array(judgedExpectation).min(1).meta({ description: 'What an answer that does no harm shows, all of it' }),
});

/** `userHarm`. */
export const userHarmSchema = z
  .strictObject({
    packs: z
      .array(z.enum(HARMS))
      .meta({ description: 'Packs of ready cases, in English; default: all of them, unless cases are given' })
      .optional(),
    cases: z.array(ownCase).min(1).max(1_000).meta({ description: 'Further cases' }).optional(),
    template: z
      .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1)])
      .meta({ description: 'How what a pack says becomes an input; {input} stands for it; default {input}' })
      .optional(),
    runs: count('Runs of each case; default 1', 1_000).optional(),
  })
  .superRefine(({ cases = [], packs, template }, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const [i, { id }] of cases.entries()) {
      if (cases.findIndex((other) => other.id === id) < i) {
        refuse(['cases', i, 'id'], `${JSON.stringify(id)} is the id of two cases`);
      }
    }
    if (packs?.length === 0 && cases.length === 0) refuse(['packs'], 'expected a pack, or cases');
    if (template !== undefined && !JSON.stringify(template).includes('{input}')) {
      refuse(['template'], 'expected {input} in it, which stands for what is said');
    }
  })
  .meta({ description: 'What is said to the workload to see whether its answers harm the people who read them' });
