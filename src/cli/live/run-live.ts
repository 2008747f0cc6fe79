import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import type { Drills } from '../../contract/drill-run.ts';
import { LIVE_RECORDING, type LivePlan } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';
import { injectionOf } from '../../observe/inject/injection.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import { otlpLine } from '../../observe/live/otlp-lines.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { FaultFor } from '../../observe/proxy/injected-fault.ts';
import { type Proxy as ModelProxy, startProxy } from '../../observe/proxy/start-proxy.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { openTarget, type Target, type TargetContext } from './ask-target.ts';
import { type LiveJob, liveJobs } from './live-jobs.ts';
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
 * @throws AigateError for a script that cannot be used
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
    const jobs = liveJobs({ ...plan, live }, loaded.inputs);
    const runJob = (job: LiveJob) => {
      exchanges.set(job.id, []);
      if (job.fault !== undefined)
        faults.set(job.id, injectionOf(job.fault, { models: plan.models, draw: drawFor(job.id) }));
      return oneRun(job, { target, proxy, plan, now: tools.now, exchangesOf: () => exchanges.get(job.id) ?? [] });
    };
    try {
      const runs = await runAll(jobs, live.concurrency, { ...tools, runJob });
      await leaveRecording(
        loaded,
        runs.filter((_, i) => jobs[i]?.fault === undefined),
      );
      return plan.drills === undefined ? undefined : drillsOf(jobs, runs, { proxy, plan, tools });
    } finally {
      if ('ask' in target) await target.end();
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
  return Promise.all(
    jobs.map((job) =>
      limit(async () => {
        signal.throwIfAborted();
        const run = await runJob(job);
        onProgress(++done, jobs.length);
        return run;
      }),
    ),
  );
}

interface RunContext {
  readonly target: Target | { readonly problem: string };
  readonly proxy: ModelProxy;
  readonly plan: Plan;
  readonly now: () => number;
  readonly exchangesOf: () => readonly Exchange[];
}

async function oneRun(
  { id, scenario, input }: LiveJob,
  { target, proxy, plan, now, exchangesOf }: RunContext,
): Promise<LiveRun> {
  const run = proxy.openRun(id);
  const { primary, fallback } = plan.models;
  const env = { ...plan.live?.env, ...run.environment([primary, ...fallback].map(({ provider }) => provider)) };
  const asked = { id, input, env, baseUrl: `${proxy.url}/r/${id}` };
  const notAsked = {
    ending: 'not-started',
    exit: undefined,
    answer: undefined,
    startMs: now(),
    durationMs: 0,
  } as const;
  const ended = 'ask' in target ? await target.ask(asked) : { ...notAsked, problem: target.problem };
  const { spans } = await run.end();
  const exchanges = [...exchangesOf()].sort((a, b) => a.seq - b.seq);
  return { ...ended, id, scenario, exchanges, spans };
}

async function leaveRecording({ plan, root }: LoadedPlan, runs: readonly LiveRun[]): Promise<void> {
  const path = join(root, LIVE_RECORDING);
  const { release, workload, scenarios } = plan;
  const resource = {
    'aigate.artifacts.digest': release.artifactsDigest,
    ...(release.revision === undefined ? {} : { 'vcs.ref.head.revision': release.revision }),
    // Nobody's model answered: such runs count where demonstrations do.
    'deployment.environment.name': 'synthetic',
  };
  const selectOf = (scenario: string) => scenarios.find(({ id }) => id === scenario)?.select ?? {};
  const asked = runs.filter(({ ending }) => ending !== 'not-started');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, asked.map((run) => otlpLine(run, { workload: workload.name, resource, selectOf })).join(''));
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
  const drillTools = { ...tools, plan, keys: [] };
  return {
    runs: drilled.map(({ fault, run }, index) => toDrillRun(run, fault, index, drillTools)),
    bypasses: proxy.bypasses().map(({ host, count }) => ({ host, count })),
    stopped: undefined,
  };
}

function drawFor(runId: string): (seq: number) => number {
  return (seq) => createHash('sha256').update(`${runId}/${seq}`).digest().readUInt32BE() / 2 ** 32;
}
