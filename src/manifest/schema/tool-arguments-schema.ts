import { z } from 'zod';
import { identifier, pattern, text } from './values.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** Values that stand here, or the name of a list under `lists`. */
const valuesOrList = (description: string) =>
  z.union([z.array(scalar).min(1), text('Name of a list under lists')]).meta({ description });
const textsOrList = (description: string) =>
  z.union([z.array(text('A value')).min(1), text('Name of a list under lists')]).meta({ description });

/** The name of a list, `user`, or `tool:NAME`. */
const origin = z
  .string()
  .regex(/^(?:user|tool:.+|[A-Za-z0-9][\w.-]*)$/, 'user, tool:NAME or the name of a list under lists')
  .meta({ description: 'user: the words of the user; tool:NAME: what that tool answered; else a list under lists' });

/** What the value of one argument must be. The words are those of the field, so they are written as there. */
export const argumentSchema = z
  .strictObject({
    in: valuesOrList('One of these').optional(),
    not_in: valuesOrList('None of these').optional(),
    min: z.number().meta({ description: 'A number of at least this' }).optional(),
    max: z.number().meta({ description: 'A number of at most this' }).optional(),
    max_length: z.int().nonnegative().meta({ description: 'Longest text or list' }).optional(),
    matches: pattern('A regular expression that the whole text matches').optional(),
    email_domain: textsOrList('E-mail addresses, each in one of these domains and not below them').optional(),
    url_host: textsOrList('An http or https URL of one of these hosts; *.example.com names the hosts below').optional(),
    path_under: textsOrList('A path in one of these folders, without ..').optional(),
    sql: z.literal('read_only').meta({ description: 'One SQL statement that only reads' }).optional(),
    same_as: text('Another argument of the call, or TOOL.ARGUMENT of the latest call of that tool').optional(),
    from: z.array(origin).min(1).meta({ description: 'Where the value may come from' }).optional(),
    with: z
      .array(text('An argument'))
      .min(1)
      .meta({ description: 'Arguments whose values must stand beside it there: payee and amount in one sentence' })
      .optional(),
  })
  .refine((rules) => Object.keys(rules).length > 0, {
    error: 'says nothing about the argument',
    // A misspelt operator is told by itself.
    when: ({ issues }) => issues.length === 0,
  })
  .refine((rules) => rules.with === undefined || rules.from !== undefined, { error: 'with belongs to from' });

export type ArgumentInput = z.infer<typeof argumentSchema>;

export const listsSchema = z.record(identifier('Name of the list'), z.array(text('A value')).min(1)).meta({
  description: 'Lists that the owner keeps, such as known payees or sites, for in, url_host, from and others',
});
