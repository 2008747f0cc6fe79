import { z } from 'zod';
import { LANES } from '../../contract/gate.ts';
import { AUDIENCES, AUTONOMIES } from '../../contract/plan.ts';
import { duration, insidePath, text } from './values.ts';

export const lane = z.enum(LANES);

const identity = z
  .strictObject({
    principal: text('The account the workload acts as'),
    credentials: z
      .strictObject({
        source: text('Where its credentials come from, such as oidc'),
        maxTtl: duration('How long a credential lives at most'),
      })
      .meta({ description: 'How the workload gets its credentials' })
      .optional(),
  })
  .meta({ description: 'The principal the workload acts as' });

const globs = (description: string) => z.array(insidePath('A path or glob with *, ** and ?')).meta({ description });

export const workloadSchema = z
  .strictObject({
    name: text('Name of the workload, as shown in reports'),
    owner: text('The team that answers for the workload'),
    lane: lane.meta({ description: 'Release lane; never inferred. It decides which evidence counts and what blocks' }),
    autonomy: z.enum(AUTONOMIES).meta({ description: 'How far the workload acts on its own' }),
    demo: z
      .boolean()
      .meta({ description: 'A demonstration: synthetic runs count, every page says DEMO, and nothing is released' })
      .optional(),
    identity: identity.optional(),
    audience: z.enum(AUDIENCES).meta({ description: 'Who meets its answers' }).optional(),
    artifacts: globs('What ships besides code: prompts, skills, tool definitions. Runs are bound to it').optional(),
    code: globs('The code that ships. Runs are bound to it').optional(),
  })
  .meta({ description: 'What is to be released, by whom, and how far it acts on its own' });
