import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { listPrices } from '../../annotate/price-list.ts';
import { canonicalJson } from '../../contract/json.ts';
import { LIVE_RECORDING } from '../../contract/live.ts';
import type { LiveRuns } from '../../engine/live-forecast.ts';
import { previewPlan } from '../../engine/preview-plan.ts';
import { createRunCounter } from '../../engine/run-counts.ts';
import { renderPreview } from '../../report/preview/render-preview.ts';
import { CHECKS } from '../catalogue.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { createTally } from '../judge.ts';
import { undoJobs } from '../live/drill-undo.ts';
import { readLabelledItems } from '../live/labelled-items.ts';
import { liveJobs, loadJobs } from '../live/live-jobs.ts';
import { plannedProbes } from '../live/probes/probe-jobs.ts';
import { stopJobs } from '../live/stop-jobs.ts';
import { type LoadedPlan, loadPlan, type PlanRequest } from '../load-plan.ts';
import { readRuns } from '../observe-workload.ts';
import { readText } from '../read-text.ts';
import { screenFor } from '../screen-for.ts';

export interface PlanOptions extends Pick<PlanRequest, 'target' | 'policy' | 'stage' | 'baseline'> {
  readonly json: boolean;
  readonly color: boolean | undefined;
}

/** Says what `check` would judge and what the recordings can prove; judges and writes nothing. */
export async function plan(io: Io, options: PlanOptions): Promise<ExitCode> {
  const { cwd, version, home } = io;
  const loaded = await withoutUnmade(await loadPlan({ ...options, cwd, version, home, evaluatedAt: io.now() }));
  const prices = await listPrices(loaded.plan.evaluatedAt);
  const [counter, tally] = [createRunCounter(), createTally({ ...loaded.plan, checks: [] })];
  // Nothing that was recorded is shown, so nothing has to be redacted.
  const tools = { priceOf: prices.lookup, redact: (text: string) => text, signal: io.signal };
  const sources = await readRuns(loaded, tools, (run) => {
    counter.add(run);
    tally.add(run);
  });
  const preview = previewPlan({
    plan: loaded.plan,
    catalogue: CHECKS,
    population: tally.population(sources),
    counts: counter.counts(),
    priceOf: prices.lookup,
    live: await liveRuns(loaded),
  });
  const text = options.json ? `${canonicalJson(preview)}\n` : renderPreview(preview, screenFor(io, options.color));
  io.stdout.write(text);
  return EXIT.OK;
}

async function liveRuns({ plan, inputs, root }: LoadedPlan): Promise<LiveRuns> {
  if (plan.live === undefined)
    return { healthy: 0, drilled: 0, loaded: 0, undone: 0, stopped: 0, probed: 0, judged: 0 };
  const planned = { ...plan, live: plan.live };
  const jobs = liveJobs(planned, inputs);
  const drilled = jobs.filter(({ drill }) => drill !== undefined).length;
  const loaded = loadJobs(planned, inputs).length;
  const undone = undoJobs({ plan, inputs }).length;
  const stopping = stopJobs({ plan, inputs });
  const stopped = stopping === undefined ? 0 : stopping.control.length + stopping.stopped.length;
  const probed = plannedProbes({ plan, inputs }).length;
  const judged = await judgeCalls(plan, root);
  return { healthy: jobs.length - drilled, drilled, loaded, undone, stopped, probed, judged };
}

async function judgeCalls({ live, userHarm }: LoadedPlan['plan'], root: string): Promise<number> {
  if (live?.judge === undefined) return 0;
  const { calibration } = live.judge;
  const items = readLabelledItems((await readText(root, calibration)).text, calibration).length;
  const rules = (userHarm?.cases ?? []).flatMap(({ expect }) => expect.filter(({ type }) => type === 'llm-rubric'));
  return items + rules.length * (userHarm?.runs ?? 0);
}

/** The recording of live runs is made by `check`: before the first one there is nothing to count. */
async function withoutUnmade(loaded: LoadedPlan): Promise<LoadedPlan> {
  const { plan, root } = loaded;
  if (plan.live === undefined) return loaded;
  const isMade = await access(join(root, LIVE_RECORDING)).then(
    () => true,
    () => false,
  );
  if (isMade) return loaded;
  return {
    ...loaded,
    plan: { ...plan, sources: plan.sources.filter(({ recording }) => recording !== LIVE_RECORDING) },
  };
}
