import { createHash } from 'node:crypto';
import type { Drills } from '../../contract/drill-run.ts';
import type { LivePlan } from '../../contract/live.ts';
import type { SourcePopulation } from '../../contract/population.ts';
import type { PriceLookup } from '../../contract/prices.ts';
import { injectionOf } from '../../observe/inject/injection.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { FaultFor } from '../../observe/proxy/injected-fault.ts';
import { startProxy } from '../../observe/proxy/start-proxy.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { openTarget, type TargetContext } from './ask-target.ts';
import { callCeiling } from './call-ceiling.ts';
import { createLiveGuard } from './live-budget.ts';
import { type LiveJob, liveJobs } from './live-jobs.ts';
import { drillsOf, shortfall } from './live-outcome.ts';
import { leaveRecording } from './live-recording.ts';
import { notStarted, oneRun, refuseUnstarted, runJobs } from './run-jobs.ts';
import { openSimulated } from './simulated-upstream.ts';
import type { DrillTools } from './to-drill-run.ts';

export interface LiveTools
  extends Pick<TargetContext, 'host' | 'signal' | 'now'>,
    Pick<DrillTools, 'assess' | 'redact' | 'costOf'> {
  /** Told after each run: how many are done, of how many. */
  readonly onProgress: (done: number, total: number) => void;
  readonly priceOf: PriceLookup;
}

/** What came of a live execution besides its recording. */
export interface LiveOutcome {
  /** Undefined: no provider was broken on purpose. */
  readonly drills: Drills | undefined;
  /** Healthy runs that were planned and not made; undefined = none. */
  readonly leftOut: SourcePopulation['leftOut'];
}

/**
 * Runs the workload as declared: leaves the recording of the healthy runs beside the manifest, and gives what was seen of
 * the broken ones. Nothing that it started is left when it returns.
 * @throws AigateError for a script that cannot be used; WORKLOAD_NOT_STARTED when no run could be started at all
 */
export async function runLive(
  loaded: LoadedPlan & { readonly live: LivePlan },
  tools: LiveTools,
): Promise<LiveOutcome> {
  const { plan, root, live } = loaded;
  const upstream = await openSimulated(root, live.upstream.script);
  const exchanges = new Map<string, Exchange[]>();
  const faults = new Map<string, ReturnType<typeof injectionOf>>();
  const faultFor: FaultFor = (runId, request) => faults.get(runId)?.(request);
  const guard = createLiveGuard(live.budget, { ...tools, ceilingOf: callCeiling(plan, tools.priceOf) });
  const record = (exchange: Exchange) => {
    guard.settle(exchange);
    exchanges.get(exchange.runId)?.push(exchange);
  };
  const proxy = await startProxy({ ...tools, upstream: guard.watch(upstream), faultFor, record, tripwire: true });
  try {
    const target = await openTarget(live, { ...tools, signal: guard.signal, cwd: root, model: plan.models.primary });
    if ('problem' in target) throw notStarted(target.problem);
    const jobs = liveJobs({ ...plan, live }, loaded.inputs);
    const runJob = (job: LiveJob) => {
      exchanges.set(job.id, []);
      if (job.fault !== undefined)
        faults.set(job.id, injectionOf(job.fault, { models: plan.models, draw: drawFor(job.id) }));
      return oneRun(job, { target, proxy, plan, exchangesOf: () => exchanges.get(job.id) ?? [] });
    };
    try {
      const done = await runJobs(jobs, live.concurrency, { ...tools, runJob, guard });
      refuseUnstarted(done);
      const healthy = done.filter(({ job }) => job.fault === undefined).map(({ run }) => run);
      await leaveRecording(loaded, healthy);
      const planned = jobs.filter(({ fault }) => fault === undefined).length;
      const stopped = guard.stopped();
      return {
        drills: plan.drills && drillsOf(done, { proxy, plan, tools, stopped, planned: jobs.length - planned }),
        leftOut: shortfall(stopped, healthy.length, planned),
      };
    } finally {
      await target.end();
    }
  } finally {
    guard.end();
    await proxy.close();
  }
}

function drawFor(runId: string): (seq: number) => number {
  return (seq) => createHash('sha256').update(`${runId}/${seq}`).digest().readUInt32BE() / 2 ** 32;
}
