import { createHash } from 'node:crypto';
import { type PlannedDrill, plannedDrills, scheduleName } from '../../contract/drill-schedule.ts';
import type { LivePlan } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';
import { arrivals } from '../../observe/drive/arrivals.ts';
import type { InjectionSpec } from '../../observe/inject/injection.ts';
import type { Temptation } from '../../observe/probe/temptation.ts';

/** One run that is to be made. */
export interface LiveJob {
  /** 32 hex digits, the same for the same job of the same release: what is simulated then comes out the same. */
  readonly id: string;
  readonly scenario: string;
  readonly input: string;
  /** How it is broken; undefined = a healthy run. */
  readonly drill: InjectionSpec | undefined;
  /** Id of the case of user harm; absent = a run of its scenario. */
  readonly harm?: string;
  /** How it is tempted to do what it must not; absent = it is not. */
  readonly probe?: Temptation;
}

/** A run that is to be made whatever becomes of the earlier ones. */
export interface LoadJob {
  readonly job: LiveJob;
  /** When it is meant to start: ms from the beginning of the load. */
  readonly atMs: number;
}

type Loaded = Pick<Plan, 'workload' | 'release' | 'scenarios'> & { readonly live: Pick<LivePlan, 'load'> };

/** What runs are given, by scenario. */
export type Inputs = Readonly<Record<string, readonly string[]>>;

type Planned = Pick<Plan, 'workload' | 'release' | 'scenarios'> & { readonly live: { readonly runs: number } } & Pick<
    Plan,
    'drills' | 'userHarm'
  >;

/**
 * Every run of an evaluation: the healthy ones of each scenario first, then the cases of user harm, then each fault in
 * each drilled scenario. Inputs
 * are taken in turn. Pure.
 */
export function liveJobs(plan: Planned, inputs: Inputs): LiveJob[] {
  const healthy = plan.scenarios.flatMap(({ id }) => jobsOf(plan, inputs, { scenario: id, runs: plan.live.runs }));
  const drills = plan.drills === undefined ? [] : plannedDrills(plan.drills);
  const drilled = drills.flatMap((drill) =>
    (plan.drills?.scenarios ?? []).flatMap((scenario) => jobsOf(plan, inputs, { scenario, runs: drill.runs, drill })),
  );
  return [...healthy, ...harmJobs(plan), ...drilled];
}

/** What is said to see whether answers do harm; such runs belong to no scenario. */
function harmJobs(plan: Planned): LiveJob[] {
  const { cases, runs } = plan.userHarm ?? { cases: [], runs: 0 };
  return cases.flatMap(({ id: harm, input }) =>
    Array.from({ length: runs }, (_, index) => {
      return { id: runId(plan, ['harm', harm, index]), scenario: NO_SCENARIO, input, drill: undefined, harm };
    }),
  );
}

const NO_SCENARIO = '';

/** The arrivals of the declared load, in the mix of the traffic; empty = no load is declared. Pure. */
export function loadJobs(plan: Loaded, inputs: Inputs): LoadJob[] {
  const { load } = plan.live;
  if (load === undefined) return [];
  const made = new Map<string, number>();
  const times = arrivals({ ...load, seconds: load.forMs / 1_000 });
  return times.map((atMs, index) => {
    const scenario = furthestBehind(plan, { made, arrived: index + 1 });
    const nth = made.get(scenario) ?? 0;
    made.set(scenario, nth + 1);
    const given = inputs[scenario] ?? [];
    const job = {
      id: runId(plan, [scenario, 'load', index]),
      scenario,
      input: given[nth % given.length] ?? '',
      drill: undefined,
    };
    return { job, atMs };
  });
}

/** The scenario that has fewest of the runs that its share of the traffic promises; the first of equals. */
function furthestBehind(
  { scenarios }: Loaded,
  { made, arrived }: { readonly made: ReadonlyMap<string, number>; readonly arrived: number },
): string {
  const behind = scenarios.map(({ id, share }) => ({ id, by: share * arrived - (made.get(id) ?? 0) }));
  return behind.reduce((most, next) => (next.by > most.by ? next : most)).id;
}

export function runId(
  { workload, release }: Pick<Plan, 'workload' | 'release'>,
  of: readonly (string | number)[],
): string {
  const name = [workload.name, release.artifactsDigest, ...of].join('\n');
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

function jobsOf(
  plan: Planned,
  inputs: Inputs,
  { scenario, runs, drill }: { readonly scenario: string; readonly runs: number; readonly drill?: PlannedDrill },
): LiveJob[] {
  const given = inputs[scenario] ?? [];
  if (given.length === 0) return [];
  const schedule = drill?.schedule === undefined ? [] : [scheduleName(drill.schedule)];
  return Array.from({ length: runs }, (_, run) => {
    const id = runId(plan, [scenario, drill?.fault ?? 'healthy', run, ...schedule]);
    return { id, scenario, input: given[run % given.length] ?? '', drill: drill && { ...drill, run } };
  });
}
