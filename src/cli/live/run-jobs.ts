import pLimit from 'p-limit';
import { AigateError } from '../../contract/errors.ts';
import type { Plan } from '../../contract/plan.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { Proxy as ModelProxy } from '../../observe/proxy/start-proxy.ts';
import type { Target } from './ask-target.ts';
import type { LiveGuard } from './live-budget.ts';
import type { LiveJob } from './live-jobs.ts';

/** A run that was made. */
export interface DoneJob {
  readonly job: LiveJob;
  readonly run: LiveRun;
}

interface Running {
  readonly runJob: (job: LiveJob) => Promise<LiveRun>;
  readonly guard: LiveGuard;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Those that were made, in the order of the jobs; what has no room in the budget is left out. */
export async function runJobs(
  jobs: readonly LiveJob[],
  concurrency: number,
  { runJob, onProgress, signal, guard }: Running,
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
        return isWhole ? { job, run } : undefined;
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
export function refuseUnstarted(done: readonly DoneJob[]): void {
  const [first] = done;
  if (first !== undefined && done.every(({ run }) => run.ending === 'not-started')) throw notStarted(first.run.problem);
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
}

/** Makes one run, with its model calls led to the proxy. */
export async function oneRun(
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
