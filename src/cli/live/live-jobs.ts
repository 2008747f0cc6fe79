import { createHash } from 'node:crypto';
import type { Plan } from '../../contract/plan.ts';

/** One run that is to be made. */
export interface LiveJob {
  /** 32 hex digits, the same for the same job of the same release: what is simulated then comes out the same. */
  readonly id: string;
  readonly scenario: string;
  readonly input: string;
  /** Id of the fault; undefined = a healthy run. */
  readonly fault: string | undefined;
}

type Planned = Pick<Plan, 'workload' | 'release' | 'scenarios'> & { readonly live: { readonly runs: number } } & Pick<
    Plan,
    'drills'
  >;

/**
 * Every run of an evaluation: the healthy ones of each scenario first, then each fault in each drilled scenario. Inputs
 * are taken in turn. Pure.
 */
export function liveJobs(plan: Planned, inputs: Readonly<Record<string, readonly string[]>>): LiveJob[] {
  const healthy = plan.scenarios.flatMap(({ id }) => jobsOf(plan, inputs, { scenario: id, runs: plan.live.runs }));
  const { faults, scenarios, runs } = plan.drills ?? { faults: [], scenarios: [], runs: 0 };
  const drills = faults.flatMap((fault) =>
    scenarios.flatMap((scenario) => jobsOf(plan, inputs, { scenario, runs, fault })),
  );
  return [...healthy, ...drills];
}

function jobsOf(
  { workload, release }: Planned,
  inputs: Readonly<Record<string, readonly string[]>>,
  { scenario, runs, fault }: { readonly scenario: string; readonly runs: number; readonly fault?: string },
): LiveJob[] {
  const given = inputs[scenario] ?? [];
  if (given.length === 0) return [];
  return Array.from({ length: runs }, (_, index) => {
    const name = [workload.name, release.artifactsDigest, scenario, fault ?? 'healthy', index].join('\n');
    const id = createHash('sha256').update(name).digest('hex').slice(0, 32);
    return { id, scenario, input: given[index % given.length] ?? '', fault };
  });
}
