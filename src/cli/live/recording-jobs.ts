import type { Plan } from '../../contract/plan.ts';
import { type Inputs, type LiveJob, runId } from './live-jobs.ts';

/** Refuses all calls to the primary, so that whatever takes over is asked. */
const PRIMARY_REFUSES = 'overloaded-529';

/**
 * A run for each input of each scenario, and one without input where it has none.
 * @param at when they are made: two recordings of one release hold other runs
 */
export function recordingJobs(
  plan: Pick<Plan, 'workload' | 'release' | 'scenarios'>,
  inputs: Inputs,
  { at, withFallback }: { readonly at: string; readonly withFallback: boolean },
): LiveJob[] {
  const faults = withFallback ? [undefined, PRIMARY_REFUSES] : [undefined];
  return faults.flatMap((fault) =>
    plan.scenarios.flatMap(({ id: scenario }) => {
      const given = inputs[scenario] ?? [];
      return (given.length === 0 ? [''] : given).map((input, index) => {
        const id = runId(plan, [scenario, fault ?? 'recorded', index, at]);
        const drill = fault === undefined ? undefined : { fault, schedule: undefined, run: 0 };
        return { id, scenario, input, drill };
      });
    }),
  );
}
