import { z } from 'zod';
import type { AnyCheck } from '../../contract/check.ts';
import { closest } from '../suggestion.ts';
import { drillsSchema, killSwitchSchema, refuseUnknownRoutes } from './drills-schema.ts';
import { flowsSchema } from './flows-schema.ts';
import { userHarmSchema } from './harm-schema.ts';
import { limitsSchema } from './limits-schema.ts';
import { liveSchema } from './live-schema.ts';
import { lockSchema, mcpSchema } from './mcp-schema.ts';
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
import { listsSchema } from './tool-arguments-schema.ts';
import { refuseUnknownReferences } from './tool-references.ts';
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
      lists: listsSchema.optional(),
      tools: toolsSchema.optional(),
      mcp: mcpSchema.optional(),
      lock: lockSchema.optional(),
      flows: flowsSchema.optional(),
      sources: sourcesSchema.optional(),
      live: liveSchema.optional(),
      drills: drillsSchema.optional(),
      killSwitch: killSwitchSchema.optional(),
      scenarios: scenariosSchema,
      userHarm: userHarmSchema.optional(),
      gates: limitsSchema(catalogue).optional(),
      evidence: evidenceSchema.optional(),
    })
    .superRefine(refuseMissingApprovals)
    .superRefine(refuseUnknownTools)
    .superRefine(refuseUnknownReferences)
    .superRefine(refuseUnrunnable)
    .superRefine(refuseUnknownRoutes)
    .meta({ title: 'aigate workload manifest', description: 'What a workload is, and the limits it is held to' });
}

export type ManifestInput = z.infer<ReturnType<typeof manifestSchema>>;

/** The sections that have to agree. */
type Agreeing = Readonly<{
  workload: z.infer<typeof workloadSchema>;
  models: z.infer<typeof modelsSchema>;
  tools?: z.infer<typeof toolsSchema> | undefined;
  scenarios: z.infer<typeof scenariosSchema>;
  live?: z.infer<typeof liveSchema> | undefined;
  drills?: z.infer<typeof drillsSchema> | undefined;
}>;

function refuseMissingApprovals({ tools, workload }: Agreeing, context: z.RefinementCtx): void {
  if (tools === undefined || tools === 'none') return;
  for (const [name, tool] of Object.entries(tools)) {
    const message = whyApprovalIsNeeded(tool, workload.autonomy);
    const hint =
      'Remove it, or write approve: user or approve: { when: … }, or declare the effect and the autonomy that the workload really has.';
    if (tool.idempotent && tool.effect === 'irreversible') {
      const why = 'an irreversible tool is not harmless to repeat; name the operation with idempotency: { key: [...] }';
      context.addIssue({ code: 'custom', message: why, path: ['tools', name, 'idempotent'] });
    }
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

/** Live runs need inputs, drills need live runs, and both name scenarios that are there. */
function refuseUnrunnable({ live, drills, scenarios, models }: Agreeing, context: z.RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string, hint: string) =>
    context.addIssue({ code: 'custom', path, message, params: { hint } });
  if (live === undefined) {
    if (drills !== undefined) refuse(['drills'], 'drills need live', 'Declare under live how the workload is run.');
    return;
  }
  if (live.prompt !== undefined && drills !== undefined) {
    const hint = 'Remove drills, or run the code of the workload by live.command or live.http.';
    refuse(['drills'], 'drills show what your own code does, and live.prompt runs none of it', hint);
  }
  const { provider } = models.primary;
  if (live.upstream.live !== undefined && !Object.hasOwn(live.upstream.live, provider)) {
    const hint = `Name it there: live: { ${provider}: {} }. Its key is taken from the environment.`;
    refuse(['live', 'upstream', 'live'], `${provider} of models.primary is not among the providers`, hint);
  }
  for (const [i, { id, inputs = [] }] of scenarios.entries()) {
    const hint = 'Give inputs, or remove live.';
    if (inputs.length === 0) refuse(['scenarios', i], `scenario ${id} has no inputs for live runs`, hint);
  }
  const known = scenarios.map(({ id }) => id);
  const named = [
    { path: ['drills', 'scenarios'], ids: drills?.scenarios ?? [] },
    { path: ['live', 'probes', 'scenarios'], ids: live.probes?.scenarios ?? [] },
  ];
  for (const { path, ids } of named) {
    for (const [i, id] of ids.entries()) {
      const near = closest(id, known);
      const hint = near === undefined ? 'Name a scenario of this manifest.' : `did you mean ${JSON.stringify(near)}?`;
      if (!known.includes(id)) refuse([...path, i], `no scenario has the id ${JSON.stringify(id)}`, hint);
    }
  }
}
