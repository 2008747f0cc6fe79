import { z } from 'zod';
import { FAULT_IDS, faultsOfPack, PACK_NAMES, TOOL_SERVER_FAULT } from '../../contract/faults.ts';
import { providerId } from '../../contract/provider-name.ts';
import { closest } from '../suggestion.ts';
import { command } from './live-schema.ts';
import type { modelsSchema } from './operation-schema.ts';
import { count, duration, identifier, text } from './values.ts';

const PLAIN_FAULTS = FAULT_IDS.filter((id) => !faultsOfPack('fallback').includes(id) && id !== TOOL_SERVER_FAULT);
const TIMINGS = ['first', 'after', 'every', 'rate'] as const;

const scheduledFault = z
  .strictObject({
    fault: z.enum(PLAIN_FAULTS).meta({ description: 'Id of a fault of one request' }),
    first: count('The first n requests that match meet it', 1_000).optional(),
    after: count('All requests that match meet it but the first n', 1_000).optional(),
    every: count('Each n-th request that matches meets it', 1_000).optional(),
    rate: z
      .number()
      .min(0.001)
      .max(1)
      .meta({ description: 'Share of the requests that match which meet it' })
      .optional(),
    seed: z.int().min(0).meta({ description: 'Which ones, with rate; default 1' }).optional(),
    match: z
      .strictObject({
        provider: text('A declared provider').optional(),
        model: text('A declared model').optional(),
        cloud: text('Every declared model on this cloud').optional(),
        region: text('Every declared model in this region').optional(),
        path: text('How the path ends, such as /responses').optional(),
      })
      .meta({ description: 'Requests that can meet it: all that is given holds; default: those to the primary' })
      .optional(),
  })
  .superRefine((given, context) => {
    const timings = TIMINGS.filter((name) => given[name] !== undefined);
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (timings.length > 1) refuse(`expected one of ${timings.join(' and ')}`);
    if (given.seed !== undefined && given.rate === undefined) refuse('seed goes with rate');
    if (timings.length === 0 && Object.keys(given.match ?? {}).length === 0)
      refuse(`expected first, after, every, rate or match; without any, write ${given.fault} alone`);
  })
  .meta({ description: 'A further drill whose fault is there for some requests only' });

export const drillsSchema = z
  .strictObject({
    pack: z
      .enum(PACK_NAMES)
      .meta({ description: 'Faults to inject; default: default, unless faults names some' })
      .optional(),
    faults: z
      .array(z.union([z.enum(FAULT_IDS), scheduledFault]))
      .min(1)
      .meta({ description: 'Further faults: an id, or a fault with a schedule' })
      .optional(),
    runs: count('Runs of each fault in each scenario; default 3', 1_000).optional(),
    scenarios: z
      .array(identifier('Id of a scenario'))
      .min(1)
      .meta({ description: 'Default: the critical ones, else the first' })
      .optional(),
    degraded: text('What a degraded answer says').optional(),
    handedOff: text('What the answer says when a person takes over').optional(),
  })
  .meta({ description: 'Providers that are broken on purpose, to see what the workload does' });

export const killSwitchSchema = z
  .strictObject({
    command: command.meta({
      description: 'Stops the workload; started in the folder of the manifest, no shell reads it',
    }),
    within: duration('After so long no model call and no write may come of runs that were under way'),
    restore: command
      .meta({ description: 'Takes the stop back after a drill; absent: nothing has to be taken back' })
      .optional(),
  })
  .meta({
    description: 'How the workload is stopped in an emergency; drills give the command while runs are under way',
  });

/** What a schedule matches by is a label of a declared model; a fault that nothing can meet is a mistake. */
export function refuseUnknownRoutes(
  {
    models,
    drills,
  }: { readonly models: z.infer<typeof modelsSchema>; readonly drills?: z.infer<typeof drillsSchema> | undefined },
  context: z.RefinementCtx,
): void {
  const routes = [models.primary, models.fallback ?? []].flat();
  for (const [i, listed] of (drills?.faults ?? []).entries()) {
    const match = typeof listed === 'string' ? {} : (listed.match ?? {});
    for (const label of LABELS) {
      const wanted = match[label];
      const known = routes.flatMap((route) => route[label] ?? []);
      if (wanted === undefined || known.some((value) => plain(label, value) === plain(label, wanted))) continue;
      const near = closest(wanted, known);
      const hint = near === undefined ? 'Name what is declared under models.' : `did you mean ${JSON.stringify(near)}?`;
      const message = `no declared model has the ${label} ${JSON.stringify(wanted)}`;
      context.addIssue({ code: 'custom', path: ['drills', 'faults', i, 'match', label], message, params: { hint } });
    }
  }
}

const LABELS = ['provider', 'model', 'cloud', 'region'] as const;

function plain(label: (typeof LABELS)[number], value: string): string {
  return label === 'provider' ? providerId(value) : value;
}
