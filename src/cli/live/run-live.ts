import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Drills } from '../../contract/drill-run.ts';
import { AigateError } from '../../contract/errors.ts';
import type { LivePlan } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';
import { injectionOf } from '../../observe/inject/injection.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { FaultFor } from '../../observe/proxy/injected-fault.ts';
import { DUMMY_KEY } from '../../observe/proxy/proxy-environment.ts';
import { type Proxy as ModelProxy, startProxy } from '../../observe/proxy/start-proxy.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { openTarget, type Target, type TargetContext } from './ask-target.ts';
import { type LiveJob, liveJobs } from './live-jobs.ts';
import { leaveRecording } from './live-recording.ts';
import { openSimulated } from './simulated-upstream.ts';
import { type DrillTools, toDrillRun } from './to-drill-run.ts';

export interface LiveTools
  extends Pick<TargetContext, 'host' | 'signal' | 'now'>,
    Pick<DrillTools, 'assess' | 'redact' | 'costOf'> {
  /** Told after each run: how many are done, of how many. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Runs the workload as declared: leaves the recording of the healthy runs beside the manifest, and gives what was seen of
 * the broken ones. Nothing that it started is left when it returns.
 * @throws AigateError for a script that cannot be used; WORKLOAD_NOT_STARTED when no run could be started at all
 */
export async function runLive(
  loaded: LoadedPlan & { readonly live: LivePlan },
  tools: LiveTools,
): Promise<Drills | undefined> {
  const { plan, root, live } = loaded;
  const upstream = await openSimulated(root, live.upstream.script);
  const exchanges = new Map<string, Exchange[]>();
  const faults = new Map<string, ReturnType<typeof injectionOf>>();
  const faultFor: FaultFor = (runId, request) => faults.get(runId)?.(request);
  const record = (exchange: Exchange) => void exchanges.get(exchange.runId)?.push(exchange);
  const proxy = await startProxy({ ...tools, upstream, faultFor, record, tripwire: true });
  try {
    const context = { ...tools, cwd: root };
    const target = await openTarget(live, context);
    if ('problem' in target) throw notStarted(target.problem);
    const jobs = liveJobs({ ...plan, live }, loaded.inputs);
    const runJob = (job: LiveJob) => {
      exchanges.set(job.id, []);
      if (job.fault !== undefined)
        faults.set(job.id, injectionOf(job.fault, { models: plan.models, draw: drawFor(job.id) }));
      return oneRun(job, { target, proxy, plan, exchangesOf: () => exchanges.get(job.id) ?? [] });
    };
    try {
      const runs = await runAll(jobs, live.concurrency, { ...tools, runJob });
      refuseUnstarted(runs);
      await leaveRecording(
        loaded,
        runs.filter((_, i) => jobs[i]?.fault === undefined),
      );
      return plan.drills === undefined ? undefined : drillsOf(jobs, runs, { proxy, plan, tools });
    } finally {
      await target.end();
    }
  } finally {
    await proxy.close();
  }
}

async function runAll(
  jobs: readonly LiveJob[],
  concurrency: number,
  { runJob, onProgress, signal }: LiveTools & { readonly runJob: (job: LiveJob) => Promise<LiveRun> },
): Promise<LiveRun[]> {
  const limit = pLimit(concurrency);
  let done = 0;
  const settled = await Promise.allSettled(
    jobs.map((job) =>
      limit(async () => {
        signal.throwIfAborted();
        const run = await runJob(job);
        onProgress(++done, jobs.length);
        return run;
      }),
    ),
  );
  // Only now has everything that was started ended; a reason to stop is told after that.
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** One run that cannot be started is a failure of the workload; when none can, the manifest names no program that runs. */
function refuseUnstarted(runs: readonly LiveRun[]): void {
  const [first] = runs;
  if (first !== undefined && runs.every(({ ending }) => ending === 'not-started')) throw notStarted(first.problem);
}

function notStarted(problem: string | undefined): AigateError {
  return new AigateError('WORKLOAD_NOT_STARTED', `the workload could not be run: ${problem ?? 'no reason is known'}`, {
    hint: 'Correct live.command or live.http in the manifest, and try it by hand in the folder of the manifest.',
  });
}

interface RunContext {
  readonly target: Target;
  readonly proxy: ModelProxy;
  readonly plan: Plan;
  readonly exchangesOf: () => readonly Exchange[];
}

async function oneRun(
  { id, scenario, input }: LiveJob,
  { target, proxy, plan, exchangesOf }: RunContext,
): Promise<LiveRun> {
  const run = proxy.openRun(id);
  const { primary, fallback } = plan.models;
  const env = { ...plan.live?.env, ...run.environment([primary, ...fallback].map(({ provider }) => provider)) };
  const asked = { id, input, env, baseUrl: `${proxy.url}/r/${id}` };
  const ended = await target.ask(asked);
  const { spans } = await run.end();
  const exchanges = [...exchangesOf()].sort((a, b) => a.seq - b.seq);
  return { ...ended, id, scenario, exchanges, spans };
}

function drillsOf(
  jobs: readonly LiveJob[],
  runs: readonly LiveRun[],
  { proxy, plan, tools }: Pick<RunContext, 'proxy' | 'plan'> & { readonly tools: LiveTools },
): Drills {
  const drilled = jobs.flatMap(({ fault }, i) => {
    const run = runs[i];
    return fault === undefined || run === undefined ? [] : [{ fault, run }];
  });
  const drillTools = { ...tools, plan, keys: keysGiven(plan.live, tools.host.env) };
  return {
    runs: drilled.map(({ fault, run }, index) => toDrillRun(run, fault, index, drillTools)),
    bypasses: proxy.bypasses().map(({ host, count }) => ({ host, count })),
    stopped: undefined,
  };
}

/** Values that must not come out of a run again: the stand-in for keys, and secrets that it was passed by name. */
function keysGiven(live: LivePlan | undefined, env: LiveTools['host']['env']): string[] {
  const passed = (live?.target.passEnv ?? []).filter((name) => /key|token|secret|password/i.test(name));
  return [DUMMY_KEY, ...passed.flatMap((name) => env[name] || [])];
}

function drawFor(runId: string): (seq: number) => number {
  return (seq) => createHash('sha256').update(`${runId}/${seq}`).digest().readUInt32BE() / 2 ** 32;
}
