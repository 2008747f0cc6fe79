import pLimit from 'p-limit';
import { AigateError } from '../../contract/errors.ts';
import type { Plan } from '../../contract/plan.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import { traceParent } from '../../observe/live/span-id.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { Proxy as ModelProxy } from '../../observe/proxy/start-proxy.ts';
import type { Target } from './ask-target.ts';
import type { OpenRun } from './drill-undo.ts';
import type { LiveGuard } from './live-budget.ts';
import type { LiveJob } from './live-jobs.ts';

/** A run that was made, as far as it is kept. */
export interface DoneJob extends Pick<LiveRun, 'ending' | 'problem'> {
  readonly job: LiveJob;
  /** Undefined: it is an ordinary run; what it did is in the recording. */
  readonly drilled: LiveRun | undefined;
}

/** What runs are made with. */
export interface Running {
  /** Takes a healthy run, which is let go after it. */
  readonly record: (run: LiveRun) => void;
  readonly runJob: (job: LiveJob) => Promise<LiveRun>;
  readonly guard: LiveGuard;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Those that were made, in the order of the jobs; what has no room in the budget is left out. */
export async function runJobs(
  jobs: readonly LiveJob[],
  concurrency: number,
  { runJob, record, onProgress, signal, guard }: Running,
): Promise<DoneJob[]> {
  const limit = pLimit(concurrency);
  let done = 0;
  const settled = await Promise.allSettled(
    jobs.map((job) =>
      limit(async () => {
        signal.throwIfAborted();
        if (!(await guard.admit(job))) return undefined;
        const run = await runJob(job).catch((cause: unknown) => {
          guard.release(job, undefined);
          throw cause;
        });
        const isWhole = guard.release(job, run);
        onProgress(++done, jobs.length);
        if (!isWhole) return undefined;
        const { ending, problem } = run;
        if (job.drill !== undefined || job.probe !== undefined) return { job, ending, problem, drilled: run };
        record(run);
        return { job, ending, problem, drilled: undefined };
      }),
    ),
  );
  // Only now has everything that was started ended; a reason to stop is told after that.
  return settled.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value ?? [];
  });
}

/** One run that cannot be started is a failure of the workload; when none can, the manifest names no program that runs. */
export function refuseUnstarted(done: readonly DoneJob[], mask: (text: string) => string): void {
  const [first] = done;
  if (first === undefined || done.some(({ ending }) => ending !== 'not-started')) return;
  throw notStarted(first.problem && mask(first.problem));
}

export function notStarted(problem: string | undefined): AigateError {
  return new AigateError('WORKLOAD_NOT_STARTED', `the workload could not be run: ${problem ?? 'no reason is known'}`, {
    hint: 'Correct live.command or live.http in the manifest, and try it by hand in the folder of the manifest.',
  });
}

interface RunContext {
  readonly target: Target;
  readonly proxy: ModelProxy;
  readonly plan: Plan;
  readonly exchangesOf: () => readonly Exchange[];
  /** Called when the run has ended by itself and its models and tools can still be reached. */
  readonly then?: ((run: OpenRun) => Promise<void>) | undefined;
}

/** Makes one run, with its model calls led to the proxy. */
export async function oneRun(
  { id, scenario, input, harm, probe }: LiveJob,
  { target, proxy, plan, exchangesOf, then }: RunContext,
): Promise<LiveRun> {
  const run = proxy.openRun(id);
  const { primary, fallback } = plan.models;
  const led = run.environment([primary, ...fallback].map(({ provider }) => provider));
  const env = { ...plan.live?.env, ...probe?.env, ...led, TRACEPARENT: traceParent(id) };
  const asked = { id, input, env, baseUrl: `${proxy.url}/r/${id}` };
  const ended = await target.ask(asked);
  await then?.({ exchanges: exchangesOf(), toolCalls: run.toolCalls(), env });
  const { spans, refusedSpans, unknownPaths, toolCalls } = await run.end();
  const exchanges = [...exchangesOf()].sort((a, b) => a.seq - b.seq);
  const served = plan.live?.tools === undefined ? {} : { toolCalls };
  return {
    ...ended,
    id,
    scenario,
    exchanges,
    spans,
    refusedSpans,
    unknownPaths,
    ...served,
    ...(harm === undefined ? {} : { harm }),
  };
}
