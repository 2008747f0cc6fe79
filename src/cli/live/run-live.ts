import type { Drills } from '../../contract/drill-run.ts';
import { AigateError } from '../../contract/errors.ts';
import type { Calibration } from '../../contract/judge.ts';
import type { LivePlan } from '../../contract/live.ts';
import type { LiveTraffic } from '../../contract/live-traffic.ts';
import type { SourcePopulation } from '../../contract/population.ts';
import type { PriceLookup } from '../../contract/prices.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import { redactForCassette } from '../../observe/proxy/cassette-redaction.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import { createHeldAnswers, type HeldAnswers } from '../../observe/proxy/held-answers.ts';
import { keyMask } from '../../observe/proxy/key-mask.ts';
import { type Proxy as ModelProxy, startProxy } from '../../observe/proxy/start-proxy.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { openTarget, type TargetContext } from './ask-target.ts';
import { callCeiling } from './call-ceiling.ts';
import { drillEndings } from './drill-endings.ts';
import type { OpenRun } from './drill-undo.ts';
import { openJudge } from './judge-model.ts';
import { createJudgedRuns } from './judged-runs.ts';
import { createLiveGuard, type LiveGuard } from './live-budget.ts';
import { type LiveJob, liveJobs, loadJobs } from './live-jobs.ts';
import { drillsOf, shortfall } from './live-outcome.ts';
import { type LiveRecording, openRecording } from './live-recording.ts';
import { createTrafficTally } from './live-traffic.ts';
import { type OpenUpstream, openUpstream } from './open-upstream.ts';
import { drillProbes } from './probes/drill-probes.ts';
import { createKnownCalls } from './probes/known-calls.ts';
import { notStarted, oneRun, refuseUnstarted, runJobs } from './run-jobs.ts';
import { runLoad } from './run-load.ts';
import { secretsPassed } from './secrets-passed.ts';
import { createSeen, type Seen } from './seen-exchanges.ts';
import { servedTools } from './served-tools.ts';
import type { DrillTools } from './to-drill-run.ts';
import { createUsualPhrases } from './usual-phrases.ts';

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
  /** Undefined: no judge is declared. */
  readonly calibration: Calibration | undefined;
  /** What the proxy saw of the healthy runs. */
  readonly traffic: LiveTraffic;
}

/** What a script said is no evidence, and no more of one once it was recorded. */
function refuseReplayedScript({ workload }: LoadedPlan['plan'], { upstream }: LivePlan): void {
  if (upstream.type !== 'replay' || workload.lane === 'experimental' || workload.isDemo) return;
  throw new AigateError('CONFIG_INVALID', `${upstream.cassette} was recorded from a simulated provider`, {
    hint: `Record it from real ones (aigate record --providers): in the lane ${workload.lane} a script proves nothing.`,
  });
}

/**
 * Runs the workload as declared: leaves the recording of the healthy runs beside the manifest, and gives what was seen of
 * the broken ones. Nothing that it started is left when it returns.
 * @throws AigateError for a script that cannot be used; WORKLOAD_NOT_STARTED when no run could be started at all
 */
export async function runLive(
  loaded: LoadedPlan & { readonly live: LivePlan },
  given: LiveTools,
): Promise<LiveOutcome> {
  const { plan, root, live } = loaded;
  const { upstream, file, keys, isSimulated } = await openUpstream(root, live.upstream, given.host.env);
  if (isSimulated) refuseReplayedScript(plan, live);
  const mask = keyMask([...keys, ...secretsPassed(live, given.host.env)]);
  const tools = { ...given, redact: (text: string) => given.redact(mask(text)) };
  const guard = createLiveGuard(live.budget, { ...tools, ceilingOf: callCeiling(plan, tools.priceOf) });
  const seen = createSeen(plan);
  const held = createHeldAnswers();
  const record = (exchange: Exchange) => {
    guard.settle(exchange);
    seen.add(exchange);
  };
  const recording = await openRecording(loaded, mask);
  try {
    const proxy = await startProxy({
      ...tools,
      redact: (text) => redactForCassette(mask(text)),
      upstream: guard.watch(held.watch(upstream)),
      faultFor: seen.faultFor,
      record,
      tripwire: true,
      tools: servedTools(plan, seen),
    });
    try {
      return await runTarget(loaded, { ...tools, guard, seen, held, recording, proxy, mask, file });
    } finally {
      await proxy.close();
    }
  } finally {
    guard.end();
    await recording.discard();
  }
}

interface Running extends LiveTools {
  readonly guard: LiveGuard;
  readonly seen: Seen;
  readonly held: HeldAnswers;
  readonly recording: LiveRecording;
  readonly proxy: ModelProxy;
  readonly mask: (text: string) => string;
  readonly file: OpenUpstream['file'];
}

async function runTarget(loaded: LoadedPlan & { readonly live: LivePlan }, running: Running): Promise<LiveOutcome> {
  const { plan, root, live, inputs } = loaded;
  const { guard, seen, recording, proxy, mask, file } = running;
  const target = await openTarget(live, { ...running, signal: guard.signal, cwd: root, model: plan.models.primary });
  if ('problem' in target) throw notStarted(mask(target.problem));
  try {
    const jobs = liveJobs({ ...plan, live }, inputs);
    const runJob = (job: LiveJob, then?: (run: OpenRun) => Promise<void>) =>
      oneRun(job, { target, proxy, plan, exchangesOf: seen.open(job), then }).finally(() => seen.close(job));
    const tally = createTrafficTally(running.redact);
    const waiting = createJudgedRuns(plan);
    const knownCalls = createKnownCalls(jobs, plan);
    const { add: addUsual, isUsual } = createUsualPhrases(plan);
    const record = (run: LiveRun) => {
      addUsual(run);
      knownCalls.add(run);
      if (tally.add(run)) recording.add(run);
    };
    const judge = live.judge && (await openJudge(live.judge, live, { ...running, root }));
    const recordUnlessJudged = (run: LiveRun) => {
      if (!waiting.take(run)) record(run);
    };
    const done = await runJobs(jobs, live.concurrency, { ...running, runJob, record: recordUnlessJudged });
    refuseUnstarted(done, mask);
    const load = loadJobs({ ...plan, live }, inputs);
    // By itself: what else is running would slow it down, or be slowed down by it.
    const loadMade = live.load === undefined ? 0 : await runLoad(load, live.load, { ...running, runJob, record });
    for (const run of await waiting.judged(judge)) record(run);
    await recording.keep();
    const calibration = await judge?.calibrate();
    const healthy = jobs.filter(({ drill }) => drill === undefined).length;
    const endings = await drillEndings(loaded, { ...running, runJob, cwd: root });
    const probing = live.probes && (await drillProbes(loaded, { ...running, runJob, knownCalls }));
    const stopped = guard.stopped();
    const made = loadMade + done.filter(({ drilled }) => drilled === undefined).length;
    const drilling = { proxy, plan, tools: running, isUsual, stopped, planned: jobs.length - healthy };
    return {
      drills: (plan.drills ?? probing) && { ...drillsOf(done, drilling), ...endings, ...probing },
      leftOut: shortfall(stopped, made, healthy + load.length),
      calibration,
      traffic: { ...tally.traffic(proxy.bypasses()), ...(file && { answeredFrom: file }) },
    };
  } finally {
    await target.end();
  }
}
