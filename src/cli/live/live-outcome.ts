import type { Drills } from '../../contract/drill-run.ts';
import type { SourcePopulation } from '../../contract/population.ts';
import { quantity } from '../../contract/quantity.ts';
import { formatNumber } from '../../contract/units.ts';
import { DUMMY_KEY } from '../../observe/proxy/proxy-environment.ts';
import type { Proxy as ModelProxy } from '../../observe/proxy/start-proxy.ts';
import { createTroubles } from './live-traffic.ts';
import type { DoneJob } from './run-jobs.ts';
import type { LiveTools } from './run-live.ts';
import { secretsPassed } from './secrets-passed.ts';
import { type DrillTools, toDrillRun } from './to-drill-run.ts';

interface Drilled extends Pick<DrillTools, 'plan' | 'isUsual'> {
  readonly proxy: ModelProxy;
  readonly tools: LiveTools;
  /** Runs with a fault that were planned. */
  readonly planned: number;
  /** Why the execution was stopped; undefined = it was not. */
  readonly stopped: string | undefined;
}

/** What was seen of the runs with a fault. */
export function drillsOf(done: readonly DoneJob[], { proxy, plan, tools, isUsual, planned, stopped }: Drilled): Drills {
  const troubles = createTroubles(tools.redact);
  const made = done.flatMap(({ job: { drill }, drilled: run }) => (drill && run ? [{ drill, run }] : []));
  const usable = made.filter(({ run }) => !troubles.count(run));
  const drillTools = { ...tools, plan, isUsual, keys: [DUMMY_KEY, ...secretsPassed(plan.live, tools.host.env)] };
  return {
    runs: usable.map(({ drill, run }, index) => toDrillRun(run, { ...drill, index }, drillTools)),
    bypasses: proxy.bypasses().map(({ host, count }) => ({ host, count })),
    stopped: shortfall(stopped, made.length, planned)?.reason,
    unanswered: troubles.counted(),
  };
}

/** How many of the planned runs were not made, and why; undefined = all were. */
export function shortfall(stopped: string | undefined, made: number, planned: number): SourcePopulation['leftOut'] {
  if (stopped === undefined || made === planned) return undefined;
  return { runs: planned - made, reason: `${stopped}, and ${formatNumber(made)} of ${quantity(planned, 'run')}` };
}
