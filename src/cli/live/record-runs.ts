import type { LivePlan } from '../../contract/live.ts';
import type { UpstreamTrouble } from '../../contract/live-traffic.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Bypass } from '../../observe/proxy/bypass-counter.ts';
import type { CassetteEntry } from '../../observe/proxy/cassette.ts';
import { redactForCassette } from '../../observe/proxy/cassette-redaction.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import { keyMask } from '../../observe/proxy/key-mask.ts';
import { recordingUpstream } from '../../observe/proxy/recording-upstream.ts';
import { type Proxy as ModelProxy, startProxy } from '../../observe/proxy/start-proxy.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { openTarget } from './ask-target.ts';
import { callCeiling } from './call-ceiling.ts';
import { createLiveGuard, type LiveGuard } from './live-budget.ts';
import type { LiveJob } from './live-jobs.ts';
import { createTroubles } from './live-traffic.ts';
import { openUpstream } from './open-upstream.ts';
import { notStarted, oneRun, refuseUnstarted, runJobs } from './run-jobs.ts';
import type { LiveTools } from './run-live.ts';
import { secretsPassed } from './secrets-passed.ts';
import { createSeen, type Seen } from './seen-exchanges.ts';

/** What was recorded of a workload. */
export interface RecordedRuns {
  /** Healthy runs whose models answered, in the order of the jobs. */
  readonly runs: readonly LiveRun[];
  /** What answered all runs, run by run in the order of the requests; redacted. */
  readonly entries: readonly CassetteEntry[];
  /** Answers that are not on the cassette: they were broken off by the caller, or too large. */
  readonly unrecorded: number;
  /** Runs that are left out. */
  readonly unanswered: readonly UpstreamTrouble[];
  /** Why not all runs were made; undefined = all were. */
  readonly stopped: string | undefined;
  readonly bypasses: readonly Bypass[];
  /** Hides keys in what is written. */
  readonly mask: (text: string) => string;
}

type Recording = LoadedPlan & { readonly live: LivePlan };

/**
 * Runs the workload and keeps what its models answered. Nothing that it started is left when it returns, and nothing is
 * written.
 * @throws AigateError as `openUpstream` does; WORKLOAD_NOT_STARTED when no run could be started at all
 */
export async function recordRuns(loaded: Recording, jobs: readonly LiveJob[], tools: LiveTools): Promise<RecordedRuns> {
  const { plan, root, live } = loaded;
  const { upstream, keys, isSimulated } = await openUpstream(root, live.upstream, tools.host.env);
  const mask = keyMask([...keys, ...secretsPassed(live, tools.host.env)]);
  const redact = (text: string) => redactForCassette(mask(text));
  const kept = new Map<string, CassetteEntry[]>(jobs.map(({ id }) => [id, []]));
  const write = (entry: CassetteEntry) =>
    void kept.get(entry.run)?.push(isSimulated ? { ...entry, simulated: true } : entry);
  const guard = createLiveGuard(live.budget, { ...tools, ceilingOf: callCeiling(plan, tools.priceOf) });
  const seen = createSeen(plan);
  const record = (exchange: Exchange) => {
    guard.settle(exchange);
    seen.add(exchange);
  };
  const recording = guard.watch(recordingUpstream(upstream, { write, redact, now: tools.now }));
  const served = { redact, upstream: recording, faultFor: seen.faultFor, record, tripwire: true };
  const proxy = await startProxy({ ...tools, ...served });
  try {
    const made = await runAll(loaded, jobs, { ...tools, proxy, guard, mask, seen });
    const troubles = createTroubles(redact);
    const usable = made.filter(({ run }) => !troubles.count(run));
    const entries = usable.flatMap(({ job }) => (kept.get(job.id) ?? []).toSorted((a, b) => a.seq - b.seq));
    return {
      runs: usable.flatMap(({ job, run }) => (job.drill === undefined ? [run] : [])),
      entries,
      unrecorded: usable.reduce((sum, { run }) => sum + answersOf(run), 0) - entries.length,
      unanswered: troubles.counted(),
      stopped: guard.stopped(),
      bypasses: proxy.bypasses(),
      mask,
    };
  } finally {
    guard.end();
    await proxy.close();
  }
}

interface Running extends LiveTools {
  readonly proxy: ModelProxy;
  readonly guard: LiveGuard;
  readonly seen: Seen;
  readonly mask: (text: string) => string;
}

interface MadeRun {
  readonly job: LiveJob;
  readonly run: LiveRun;
}

async function runAll(
  { plan, root, live }: Recording,
  jobs: readonly LiveJob[],
  running: Running,
): Promise<readonly MadeRun[]> {
  const { guard, seen, proxy, mask } = running;
  const target = await openTarget(live, { ...running, signal: guard.signal, cwd: root, model: plan.models.primary });
  if ('problem' in target) throw notStarted(mask(target.problem));
  try {
    const made = new Map<string, LiveRun>();
    const runJob = async (job: LiveJob) => {
      const run = await oneRun(job, { target, proxy, plan: { ...plan, live }, exchangesOf: seen.open(job) });
      made.set(job.id, run);
      return run;
    };
    const done = await runJobs(jobs, live.concurrency, { ...running, runJob, record: () => undefined });
    refuseUnstarted(done, mask);
    return done.flatMap(({ job }) => {
      const run = made.get(job.id);
      return run === undefined ? [] : [{ job, run }];
    });
  } finally {
    await target.end();
  }
}

/** What a fault answered was nobody's answer. */
function answersOf({ exchanges }: LiveRun): number {
  return exchanges.filter(({ fault }) => fault === undefined).length;
}
