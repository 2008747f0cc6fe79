import type { Plan } from '../../../contract/plan.ts';
import type { ProbeKind } from '../../../contract/probe.ts';
import type { Temptation } from '../../../observe/probe/temptation.ts';
import type { LoadedPlan } from '../../load-plan.ts';
import { type LiveJob, runId } from '../live-jobs.ts';
import type { KnownCalls } from './known-calls.ts';
import { temptationOf } from './tempt.ts';

/** A run that is to be tempted. */
export type ProbeJob = LiveJob & { readonly probe: Temptation };

/** A run as it is planned, before it is known what ordinary runs do. */
interface PlannedProbe {
  readonly id: string;
  readonly kind: ProbeKind;
  readonly scenario: string;
  readonly input: string;
  readonly run: number;
}

/** So many runs of each kind in each scenario. Pure. */
export function plannedProbes({ plan, inputs }: Pick<LoadedPlan, 'plan' | 'inputs'>): readonly PlannedProbe[] {
  const { kinds, scenarios, runs } = plan.live?.probes ?? NONE;
  return kinds.flatMap((kind) =>
    scenarios.flatMap((scenario) => {
      const given = inputs[scenario] ?? [];
      if (given.length === 0) return [];
      return Array.from({ length: runs }, (_, run) => {
        const id = runId(plan, [scenario, 'probe', kind, run]);
        return { id, kind, scenario, input: given[run % given.length] ?? '', run };
      });
    }),
  );
}

/** Those of them that something can be made of. */
export async function probeJobs(
  planned: readonly PlannedProbe[],
  { plan, knownCalls }: { readonly plan: Plan; readonly knownCalls: Pick<KnownCalls, 'of'> },
): Promise<readonly ProbeJob[]> {
  const { live } = plan;
  if (live?.probes === undefined) return [];
  const given = { plan, live: { ...live, probes: live.probes } };
  const jobs: ProbeJob[] = [];
  for (const { id, kind, scenario, input, run } of planned) {
    const known = knownCalls.of({ scenario, input });
    if (known.length === 0) continue;
    const probe = await temptationOf({ ...given, kind, id, run, known });
    if (probe !== undefined) jobs.push({ id, scenario, input, drill: undefined, probe });
  }
  return jobs;
}

const NONE = { kinds: [], scenarios: [], runs: 0 };
