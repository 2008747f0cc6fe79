import { z } from 'zod';
import type { AnyCheck } from '../../contract/check.ts';
import { EVIDENCE_KINDS } from '../../contract/evidence.ts';
import { LANES, type Lane } from '../../contract/gate.ts';
import { INCONCLUSIVE_RULES } from '../../contract/plan.ts';
import { limitsSchema } from './limits-schema.ts';
import { budget } from './load-schema.ts';
import { pricesSchema } from './prices-schema.ts';
import { identifier, isoDate } from './values.ts';
import { lane } from './workload-schema.ts';

const kindsIn = (name: Lane) =>
  z
    .array(z.enum(EVIDENCE_KINDS))
    .meta({ description: `Kinds of evidence that may pass in the lane ${name}` })
    .optional();

/** The policy as written: what the author of a change cannot loosen. */
export function policySchema(catalogue: readonly AnyCheck[]) {
  return z
    .strictObject({
      version: z.literal(1).meta({ description: 'Version of this format' }),
      catalogue: isoDate('Checks that arrived after this date are advisory until it is moved').optional(),
      lowestLane: lane.meta({ description: 'Manifests may not declare a lane below it' }).optional(),
      gates: limitsSchema(catalogue).optional(),
      prices: pricesSchema.optional(),
      kinds: z
        .strictObject(Object.fromEntries(LANES.map((name) => [name, kindsIn(name)])))
        .meta({ description: 'Narrows the kinds of evidence that may pass, by lane' })
        .optional(),
      stages: z
        .strictObject({
          pr: z
            .strictObject({
              inconclusive: z
                .enum(INCONCLUSIVE_RULES)
                .meta({ description: 'What an inconclusive result does in production' }),
            })
            .meta({ description: 'On a change' })
            .optional(),
        })
        .meta({ description: 'What blocks, by stage' })
        .optional(),
      live: z
        .strictObject({ budget: budget.optional() })
        .meta({ description: 'Limits of live runs, beside those of the manifest: the lower one holds' })
        .optional(),
      requiredScenarios: z
        .array(identifier('Id of a scenario'))
        .meta({ description: 'Scenarios that every manifest must have' })
        .optional(),
    })
    .meta({ title: 'aigate policy', description: 'Limits and rules that a manifest may tighten and never loosen' });
}
