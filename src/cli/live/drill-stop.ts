import { createHash } from 'node:crypto';
import { DRILL_KIND_OF, type LivePlan } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';
import type { KillSwitch, StopDrill, StoppedRun } from '../../contract/stop-drill.ts';
import { startDeadline } from '../../observe/drive/deadline.ts';
import { sleep } from '../../observe/drive/sleep.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { HeldAnswers } from '../../observe/proxy/held-answers.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { type CommandTools, giveCommand } from './give-command.ts';
import type { LiveJob } from './live-jobs.ts';

interface StopTools extends CommandTools {
  readonly held: HeldAnswers;
  readonly runJob: (job: LiveJob) => Promise<LiveRun>;
}

/** Answers go on so much later than the limit that what comes of them is late without a doubt. */
const MARGIN_MS = 250;
/** A run that has not asked a model after so long is not under way. */
const ASKS_WITHIN_MS = 15_000;
const RESTORE_WITHIN_MS = 30_000;

/**
 * Stops runs that are under way by the declared command, and takes the stop back whatever happened. Undefined: nothing is
 * declared, nothing is drilled, or the budget is used up.
 */
export async function drillStop(
  { plan, live, inputs }: LoadedPlan & { readonly live: LivePlan },
  given: Omit<StopTools, 'live'> & { readonly isSpent: boolean },
): Promise<StopDrill | undefined> {
  const { killSwitch } = plan;
  if (killSwitch === undefined || plan.drills === undefined || given.isSpent) return undefined;
  const tools = { ...given, live };
  const { restore } = killSwitch;
  // An interrupted drill must not leave the workload stopped.
  const takeBack = async () =>
    restore &&
    (await giveCommand(
      { command: restore, timeoutMs: RESTORE_WITHIN_MS },
      { ...tools, signal: new AbortController().signal },
    ));
  const seen = await stopRuns(killSwitch, { plan, inputs }, tools).catch(async (cause: unknown) => {
    await takeBack();
    throw cause;
  });
  return { ...seen, restore: await takeBack() };
}

/**
 * Gives the stop command while runs wait for their first answer, lets the answers go after the limit, and sees whether
 * anything more comes of the runs. The same is done before with a run of each scenario and no command: where nothing
 * comes of that one either, silence says nothing about the command.
 */
async function stopRuns(
  killSwitch: KillSwitch,
  { plan, inputs }: Pick<LoadedPlan, 'plan' | 'inputs'>,
  tools: StopTools,
): Promise<Omit<StopDrill, 'restore'>> {
  const { withinMs } = killSwitch;
  const control = await heldRuns(stopJobs(plan, inputs, { runs: 1, name: 'kill-switch control' }), {
    ...tools,
    withinMs,
    act: async () => undefined,
  });
  const goesOn = control.runs.filter((run) => lateCalls(run, control).length > 0).map(({ scenario }) => scenario);
  const seen = await heldRuns(stopJobs(plan, inputs, { runs: plan.drills?.runs ?? 0, name: 'kill-switch' }), {
    ...tools,
    withinMs,
    act: () => giveCommand({ command: killSwitch.command, timeoutMs: withinMs }, tools),
  });
  const kind = DRILL_KIND_OF[tools.live.upstream.type];
  const runs = seen.runs.map((run, index) => {
    const isUnderWay = seen.underWay.has(run.id) && goesOn.includes(run.scenario);
    return toStoppedRun(run, index, { ...seen, isUnderWay, kind });
  });
  return { stop: seen.acted, runs };
}

interface Held<T> {
  readonly acted: T;
  readonly runs: readonly LiveRun[];
  /** Ids of those that waited for an answer when it was acted. */
  readonly underWay: ReadonlySet<string>;
  /** Unix times in ms. */
  readonly startMs: number;
  readonly limitMs: number;
}

/** Makes runs, acts while they wait for their first answer, and lets the answers go after the limit. */
async function heldRuns<T>(
  jobs: readonly LiveJob[],
  {
    held,
    runJob,
    act,
    withinMs,
    signal,
    now,
  }: StopTools & { readonly withinMs: number; readonly act: () => Promise<T> },
): Promise<Held<T>> {
  const answers = held.hold(jobs.map(({ id }) => id));
  const running = Promise.all(jobs.map((job) => runJob(job)));
  const deadline = startDeadline(signal, ASKS_WITHIN_MS);
  try {
    await Promise.race([answers.allAsked(deadline.signal), running]);
    const underWay = new Set(jobs.map(({ id }) => id).filter(answers.isWaiting));
    const startMs = now();
    const limitMs = startMs + withinMs;
    const acted = await act();
    await sleep(Math.max(0, limitMs + MARGIN_MS - now()), signal);
    answers.release();
    return { acted, underWay, startMs, limitMs, runs: await running };
  } finally {
    deadline.clear();
    answers.release();
    await Promise.allSettled([running]);
  }
}

/** So many runs of each drilled scenario, all at the same time. Pure. */
function stopJobs(
  { drills, workload, release }: Plan,
  inputs: LoadedPlan['inputs'],
  { runs, name }: { readonly runs: number; readonly name: string },
): LiveJob[] {
  return (drills?.scenarios ?? []).flatMap((scenario) => {
    const given = inputs[scenario] ?? [];
    if (given.length === 0) return [];
    return Array.from({ length: runs }, (_, run) => {
      const parts = [workload.name, release.artifactsDigest, scenario, name, run];
      const id = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
      return { id, scenario, input: given[run % given.length] ?? '', drill: undefined };
    });
  });
}

function toStoppedRun(
  run: LiveRun,
  index: number,
  {
    startMs,
    limitMs,
    isUnderWay,
    kind,
  }: Pick<Held<unknown>, 'startMs' | 'limitMs'> & Pick<StoppedRun, 'isUnderWay' | 'kind'>,
): StoppedRun {
  const { id, scenario, ending, exit } = run;
  const writes = (run.toolCalls ?? []).filter(({ isWrite }) => isWrite).map(({ atMs }) => atMs);
  const after = [...run.exchanges.map((exchange) => exchange.startMs), ...writes].filter((at) => at > startMs);
  return {
    id,
    ref: { artifact: 'drills', line: 1, pointer: `/stop/runs/${index}`, run: id },
    kind,
    scenario,
    ending,
    exit,
    isUnderWay,
    lateModelCalls: lateCalls(run, { limitMs }).length,
    lateWrites: writes.filter((at) => at > limitMs).length,
    lastActMs: after.length === 0 ? undefined : Math.round(Math.max(...after) - startMs),
  };
}

function lateCalls({ exchanges }: LiveRun, { limitMs }: Pick<Held<unknown>, 'limitMs'>): LiveRun['exchanges'] {
  return exchanges.filter(({ startMs }) => startMs > limitMs);
}
