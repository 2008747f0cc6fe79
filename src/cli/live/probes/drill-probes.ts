import type { Drills } from '../../../contract/drill-run.ts';
import type { LivePlan } from '../../../contract/live.ts';
import type { LoadedPlan } from '../../load-plan.ts';
import { shortfall } from '../live-outcome.ts';
import { type Running, runJobs } from '../run-jobs.ts';
import type { KnownCalls } from './known-calls.ts';
import { plannedProbes, probeJobs } from './probe-jobs.ts';
import { toProbeRun } from './to-probe-run.ts';

/** Tempts runs to do what they must not, and says what was seen of them and what the budget left out. */
export async function drillProbes(
  loaded: LoadedPlan & { readonly live: LivePlan },
  { knownCalls, ...running }: Omit<Running, 'record'> & { readonly knownCalls: Pick<KnownCalls, 'of'> },
): Promise<Required<Pick<Drills, 'probes' | 'probesLeftOut'>>> {
  const { plan, live } = loaded;
  const jobs = await probeJobs(plannedProbes(loaded), { plan, knownCalls });
  const done = await runJobs(jobs, live.concurrency, { ...running, record: () => undefined });
  const probes = done.flatMap(({ job: { probe }, drilled: run }) => (probe && run ? [{ probe, run }] : []));
  return {
    probes: probes.map(({ probe, run }, index) => toProbeRun(run, { ...probe, index, upstream: live.upstream.type })),
    probesLeftOut: shortfall(running.guard.stopped(), probes.length, jobs.length)?.reason,
  };
}
