import type { Drills } from '../../contract/drill-run.ts';
import type { SourcePopulation } from '../../contract/population.ts';
import { quantity } from '../../contract/quantity.ts';
import type { StopDrill } from '../../contract/stop-drill.ts';
import { formatNumber } from '../../contract/units.ts';
import { DUMMY_KEY } from '../../observe/proxy/proxy-environment.ts';
import type { Proxy as ModelProxy } from '../../observe/proxy/start-proxy.ts';
import { createTroubles } from './live-traffic.ts';
import type { DoneJob } from './run-jobs.ts';
import type { LiveTools } from './run-live.ts';
import { secretsPassed } from './secrets-passed.ts';
import { type DrillTools, toDrillRun } from './to-drill-run.ts';

interface Drilled extends Pick<DrillTools, 'plan'> {
  readonly proxy: ModelProxy;
  readonly tools: LiveTools;
  /** Runs with a fault that were planned. */
  readonly planned: number;
  /** Runs that were taken back or stopped, and how many of both were planned. */
  readonly more: Required<Pick<Drills, 'undos'>> & { readonly stop: StopDrill | undefined; readonly planned: number };
  /** Why the execution was stopped; undefined = it was not. */
  readonly stopped: string | undefined;
}

/** What was seen of the drilled runs. */
export function drillsOf(done: readonly DoneJob[], { proxy, plan, tools, planned, more, stopped }: Drilled): Drills {
  const troubles = createTroubles(tools.redact);
  const made = done.flatMap(({ job: { drill }, drilled: run }) => (drill && run ? [{ drill, run }] : []));
  const usable = made.filter(({ run }) => !troubles.count(run));
  const others = more.undos.length + (more.stop?.runs.length ?? 0);
  const drillTools = { ...tools, plan, keys: [DUMMY_KEY, ...secretsPassed(plan.live, tools.host.env)] };
  return {
    runs: usable.map(({ drill, run }, index) => toDrillRun(run, { ...drill, index }, drillTools)),
    bypasses: proxy.bypasses().map(({ host, count }) => ({ host, count })),
    stopped: shortfall(stopped, made.length + others, planned + more.planned)?.reason,
    unanswered: troubles.counted(),
    undos: more.undos,
    ...(more.stop !== undefined && { stop: more.stop }),
  };
}

/** How many of the planned runs were not made, and why; undefined = all were. */
export function shortfall(stopped: string | undefined, made: number, planned: number): SourcePopulation['leftOut'] {
  if (stopped === undefined || made === planned) return undefined;
  return { runs: planned - made, reason: `${stopped}, and ${formatNumber(made)} of ${quantity(planned, 'run')}` };
}
