import { z } from 'zod';
import type { AnyCheck } from '../../contract/check.ts';
import { closest } from '../suggestion.ts';
import { limitsSchema } from './limits-schema.ts';
import {
  capsSchema,
  dependenciesSchema,
  evidenceSchema,
  handoffSchema,
  knowledgeSchema,
  modelsSchema,
  retriesSchema,
  sourcesSchema,
  timeoutsSchema,
  trafficSchema,
} from './operation-schema.ts';
import { scenariosSchema } from './scenarios-schema.ts';
import { toolsSchema, whyApprovalIsNeeded } from './tools-schema.ts';
import { text } from './values.ts';
import { workloadSchema } from './workload-schema.ts';

const policySpec = text('Policy file relative to this file, or aigate:PACK; each may end in @sha256:DIGEST');

/** The manifest as written. Only what two sections decide together is judged at the root. */
export function manifestSchema(catalogue: readonly AnyCheck[]) {
  return z
    .strictObject({
      version: z.literal(1).meta({ description: 'Version of this format' }),
      extends: z
        .union([policySpec, z.array(policySpec).min(1).max(16)])
        .meta({ description: 'Policies that may only be tightened here; the first is the base' })
        .optional(),
      workload: workloadSchema,
      models: modelsSchema,
      dependencies: dependenciesSchema.optional(),
      knowledge: knowledgeSchema.optional(),
      handoff: handoffSchema.optional(),
      timeouts: timeoutsSchema.optional(),
      retries: retriesSchema.optional(),
      caps: capsSchema.optional(),
      traffic: trafficSchema,
      tools: toolsSchema.optional(),
      sources: sourcesSchema.optional(),
      scenarios: scenariosSchema,
      gates: limitsSchema(catalogue).optional(),
      evidence: evidenceSchema.optional(),
    })
    .superRefine(refuseMissingApprovals)
    .superRefine(refuseUnknownTools)
    .meta({ title: 'aigate workload manifest', description: 'What a workload is, and the limits it is held to' });
}

export type ManifestInput = z.infer<ReturnType<typeof manifestSchema>>;

/** The sections that have to agree. */
type Agreeing = Readonly<{
  workload: z.infer<typeof workloadSchema>;
  tools?: z.infer<typeof toolsSchema> | undefined;
  scenarios: z.infer<typeof scenariosSchema>;
}>;

function refuseMissingApprovals({ tools, workload }: Agreeing, context: z.RefinementCtx): void {
  if (tools === undefined || tools === 'none') return;
  for (const [name, tool] of Object.entries(tools)) {
    const message = whyApprovalIsNeeded(tool, workload.autonomy);
    const hint = 'Remove it, or declare the effect and the autonomy that the workload really has.';
    if (message !== undefined)
      context.addIssue({ code: 'custom', message, path: ['tools', name, 'approve'], params: { hint } });
  }
}

/** An expected call of a tool that is not declared can never be met. Without any declaration nothing is known. */
function refuseUnknownTools({ tools, scenarios }: Agreeing, context: z.RefinementCtx): void {
  if (tools === undefined) return;
  const known = tools === 'none' ? [] : Object.keys(tools);
  for (const [i, { expect = [] }] of scenarios.entries()) {
    for (const [j, { 'tool-called': name }] of expect.entries()) {
      if (name === undefined || known.includes(name)) continue;
      const near = closest(name, known);
      const hint = near === undefined ? 'Declare it under tools.' : `did you mean ${JSON.stringify(near)}?`;
      const path = ['scenarios', i, 'expect', j, 'tool-called'];
      context.addIssue({
        code: 'custom',
        message: `${JSON.stringify(name)} is not under tools`,
        path,
        params: { hint },
      });
    }
  }
}
