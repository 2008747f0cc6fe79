import type { Drills } from '../../contract/drill-run.ts';
import type { LivePlan } from '../../contract/live.ts';
import type { SourcePopulation } from '../../contract/population.ts';
import { quantity } from '../../contract/quantity.ts';
import { formatNumber } from '../../contract/units.ts';
import { DUMMY_KEY } from '../../observe/proxy/proxy-environment.ts';
import type { Proxy as ModelProxy } from '../../observe/proxy/start-proxy.ts';
import type { DoneJob } from './run-jobs.ts';
import type { LiveTools } from './run-live.ts';
import { type DrillTools, toDrillRun } from './to-drill-run.ts';

interface Drilled extends Pick<DrillTools, 'plan'> {
  readonly proxy: ModelProxy;
  readonly tools: LiveTools;
  /** Drills that were planned. */
  readonly planned: number;
  /** Why the execution was stopped; undefined = it was not. */
  readonly stopped: string | undefined;
}

/** What was seen of the runs with a fault. */
export function drillsOf(done: readonly DoneJob[], { proxy, plan, tools, planned, stopped }: Drilled): Drills {
  const drilled = done.flatMap(({ job: { fault }, drilled: run }) => (fault && run ? [{ fault, run }] : []));
  const drillTools = { ...tools, plan, keys: keysGiven(plan.live, tools.host.env) };
  return {
    runs: drilled.map(({ fault, run }, index) => toDrillRun(run, fault, index, drillTools)),
    bypasses: proxy.bypasses().map(({ host, count }) => ({ host, count })),
    stopped: shortfall(stopped, drilled.length, planned)?.reason,
  };
}

/** How many of the planned runs were not made, and why; undefined = all were. */
export function shortfall(stopped: string | undefined, made: number, planned: number): SourcePopulation['leftOut'] {
  if (stopped === undefined || made === planned) return undefined;
  return { runs: planned - made, reason: `${stopped}, and ${formatNumber(made)} of ${quantity(planned, 'run')}` };
}

/** Values that must not come out of a run again: the stand-in for keys, and secrets that it was passed by name. */
function keysGiven(live: LivePlan | undefined, env: LiveTools['host']['env']): string[] {
  const passed = (live?.target.passEnv ?? []).filter((name) => /key|token|secret|password/i.test(name));
  return [DUMMY_KEY, ...passed.flatMap((name) => env[name] || [])];
}
