import { z } from 'zod';
import { PROBE_KINDS, type ProbeKind } from '../../contract/probe.ts';
import { count, env, identifier, text } from './values.ts';

export const probesSchema = z
  .strictObject({
    kinds: z.array(z.enum(PROBE_KINDS)).min(1).meta({
      description:
        'Temptations: a tool nobody declared, a value beyond its rule, approval that nobody gave, a write in a mode that only reads, a tool that fails without end, instructions in the output of a tool',
    }),
    runs: count('Runs of each in each scenario; default 3', 1_000).optional(),
    scenarios: z
      .array(identifier('Id of a scenario'))
      .min(1)
      .meta({ description: 'Default: the critical ones, else the first' })
      .optional(),
    env: z
      .partialRecord(z.enum(PROBE_KINDS), env)
      .meta({
        description: 'Variables by kind: what switches read-only on, or makes nobody approve in approval-bypass',
      })
      .optional(),
    refusals: z
      .record(text('Name of a tool under live.tools'), z.json())
      .meta({ description: 'What played tools answer when nobody shall approve; with kind approval-bypass' })
      .optional(),
  })
  .meta({ description: 'What the workload is tempted to do, to see whether its own code refuses; needs live.tools' });

/** What of `live` probes have to agree with. */
interface Probed {
  readonly probes?: z.infer<typeof probesSchema> | undefined;
  readonly prompt?: unknown;
  readonly http?: unknown;
  readonly tools?: Readonly<Record<string, unknown>> | undefined;
}

/** A probe that could show nothing is refused before anything is run. */
export function refuseVainProbes({ probes, prompt, http, tools }: Probed, context: z.RefinementCtx): void {
  if (probes === undefined) return;
  const refuse = (path: readonly string[], message: string) =>
    context.addIssue({ code: 'custom', path: ['probes', ...path], message });
  const has = (kind: ProbeKind) => probes.kinds.includes(kind);
  if (prompt !== undefined) refuse([], 'probes show what your own code refuses, and a prompt runs none of it');
  if (tools === undefined) refuse([], 'what is carried out is seen where aigate plays the tools: declare live.tools');
  if (has('read-only') && probes.env?.['read-only'] === undefined) {
    refuse(['kinds'], 'read-only needs the variables that switch it on: env: { read-only: { NAME: value } }');
  }
  for (const kind of PROBE_KINDS) {
    if (probes.env?.[kind] !== undefined && !has(kind)) refuse(['env', kind], `goes with kind ${kind}`);
  }
  if (probes.env !== undefined && http !== undefined) {
    refuse(['env'], 'needs live.command: a service that runs already cannot be given variables');
  }
  if (probes.refusals !== undefined && !has('approval-bypass')) refuse(['refusals'], 'goes with kind approval-bypass');
  for (const name of Object.keys(probes.refusals ?? {})) {
    if (!Object.hasOwn(tools ?? {}, name))
      refuse(['refusals', name], `${JSON.stringify(name)} is not under live.tools`);
  }
}
