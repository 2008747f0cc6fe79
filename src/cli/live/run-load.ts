import type { LoadPlan } from '../../contract/live.ts';
import { runOpenLoad } from '../../observe/drive/open-load.ts';
import { sleeperOn } from '../../observe/drive/sleep.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { LiveGuard } from './live-budget.ts';
import type { LiveJob, LoadJob } from './live-jobs.ts';

interface Loading {
  readonly runJob: (job: LiveJob) => Promise<LiveRun>;
  readonly record: (run: LiveRun) => void;
  readonly guard: LiveGuard;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * Makes runs at their times, whatever is still running, and records them with those that were turned away. Nothing more
 * arrives once the budget is used up.
 * @returns how many arrivals are recorded
 */
export async function runLoad(
  jobs: readonly LoadJob[],
  { inFlight }: LoadPlan,
  { runJob, record, guard, now, signal }: Loading,
): Promise<number> {
  const beginMs = now();
  const enough = new AbortController();
  let recorded = 0;
  const keep = (run: LiveRun) => {
    recorded += 1;
    record(run);
  };
  const task = async (index: number): Promise<void> => {
    const { job, atMs } = jobs[index] ?? missing(index);
    if (!guard.admitNow(job)) return enough.abort();
    const run = await runJob(job).catch((cause: unknown) => {
      guard.release(job, undefined);
      throw cause;
    });
    if (guard.release(job, run)) keep({ ...run, load: { role: 'arrival', intendedMs: beginMs + atMs } });
  };
  const arrived = await runOpenLoad(
    jobs.map(({ atMs }) => atMs),
    task,
    {
      maxInFlight: inFlight,
      sleepUntil: sleeperOn(now),
      now,
      signal: AbortSignal.any([guard.signal, enough.signal, signal]),
    },
  );
  signal.throwIfAborted();
  for (const { index, status, ...rest } of arrived) {
    if (status === 'failed' && 'cause' in rest) throw rest.cause;
    const { job, atMs } = jobs[index] ?? missing(index);
    if (status === 'dropped') keep(turnedAway(job, beginMs + atMs));
  }
  return recorded;
}

function turnedAway({ id, scenario }: LiveJob, intendedMs: number): LiveRun {
  return {
    ...{ id, scenario, startMs: intendedMs, durationMs: 0, exchanges: [], spans: [], unknownPaths: [] },
    ...{ ending: 'not-started', exit: undefined, answer: undefined },
    problem: 'as many runs as are allowed were under way',
    load: { role: 'dropped', intendedMs },
  };
}

function missing(index: number): never {
  throw new Error(`no job ${index} in the load`);
}
