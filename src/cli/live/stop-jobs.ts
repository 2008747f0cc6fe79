import type { Plan } from '../../contract/plan.ts';
import type { KillSwitch } from '../../contract/stop-drill.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { type LiveJob, runId } from './live-jobs.ts';

/** The runs of a stop drill, which are under way together. */
export interface StopJobs {
  readonly killSwitch: KillSwitch;
  /** One of each scenario, with no command given. */
  readonly control: readonly LiveJob[];
  readonly stopped: readonly LiveJob[];
}

/** Undefined: no stop command is declared, or nothing is drilled. Pure. */
export function stopJobs({ plan, inputs }: Pick<LoadedPlan, 'plan' | 'inputs'>): StopJobs | undefined {
  const { killSwitch, drills } = plan;
  if (killSwitch === undefined || drills === undefined) return undefined;
  return {
    killSwitch,
    control: jobsOf(plan, inputs, { runs: 1, name: 'kill-switch control' }),
    stopped: jobsOf(plan, inputs, { runs: drills.runs, name: 'kill-switch' }),
  };
}

/** So many runs of each drilled scenario. */
function jobsOf(
  plan: Plan,
  inputs: LoadedPlan['inputs'],
  { runs, name }: { readonly runs: number; readonly name: string },
): LiveJob[] {
  return (plan.drills?.scenarios ?? []).flatMap((scenario) => {
    const given = inputs[scenario] ?? [];
    if (given.length === 0) return [];
    return Array.from({ length: runs }, (_, run) => {
      const id = runId(plan, [scenario, name, run]);
      return { id, scenario, input: given[run % given.length] ?? '', drill: undefined };
    });
  });
}
