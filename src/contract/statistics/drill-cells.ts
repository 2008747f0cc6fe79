import type { CheckContext } from '../check.ts';
import { classifyDrill } from '../classify-drill.ts';
import type { DrillClass } from '../drill.ts';
import type { DrillRun } from '../drill-run.ts';
import { plannedDrills, scheduleName } from '../drill-schedule.ts';
import { FAULT_PACKS } from '../faults.ts';
import { minimum } from '../limit.ts';
import type { Plan } from '../plan.ts';

/** What a check takes from its context to judge drills. */
export type DrillContext = Pick<CheckContext, 'drills' | 'plan'>;

/** A run and what it came to; `verdict` undefined = cannot be told. */
export interface JudgedRun {
  readonly run: DrillRun;
  readonly verdict: DrillClass | undefined;
}

/** The runs of one fault in one scenario, as planned. */
export interface DrillCell {
  readonly fault: string;
  readonly scenario: string;
  /** Undefined: the fault lasts as long as the run. */
  readonly schedule: string | undefined;
  /** Runs in which a request met the fault. */
  readonly exercised: readonly JudgedRun[];
  /** There are runs, and in none of them was anything that the fault can change, such as a call of a tool. */
  readonly isForeign: boolean;
}

/** How often each planned fault must have been met in each drilled scenario. */
export function runsOfEachFault() {
  return minimum({
    unit: 'count',
    isInteger: true,
    range: [1, 1_000],
    fallback: 3,
    description: 'runs of each planned fault in each drilled scenario in which a request met it',
  });
}

/** Every run with one of these faults, whether it was planned or not: what went wrong counts wherever it did. */
export function judgedRuns({ drills, plan }: DrillContext, faults: readonly string[]): readonly JudgedRun[] {
  return (drills?.runs ?? [])
    .filter(({ fault }) => faults.includes(fault))
    .map((run) => ({ run, verdict: classifyDrill(run, plan) }));
}

/** One cell for each of these faults that is planned, in each drilled scenario; empty when none is planned. */
export function plannedCells(runs: readonly JudgedRun[], plan: Plan, faults: readonly string[]): readonly DrillCell[] {
  const { drills } = plan;
  if (drills === undefined) return [];
  return plannedDrills(drills)
    .filter(({ fault }) => faults.includes(fault))
    .flatMap(({ fault, schedule }) =>
      drills.scenarios.map((scenario) =>
        cellOf(runs, { fault, scenario, schedule: schedule && scheduleName(schedule) }, plan),
      ),
    );
}

type Place = Pick<DrillCell, 'fault' | 'scenario' | 'schedule'>;

function cellOf(runs: readonly JudgedRun[], { fault, scenario, schedule }: Place, plan: Plan): DrillCell {
  const own = runs.filter(({ run }) => run.fault === fault && run.scenario === scenario && run.schedule === schedule);
  const exercised = own.filter(({ verdict, run }) => verdict !== 'not-exercised' && run.faulted > 0);
  const isForeign = own.length > 0 && own.every(({ run }) => run.isInapplicable) && mayBeForeign(fault, plan);
  return { fault, scenario, schedule, exercised, isForeign };
}

/** Faults of tools must be met where tools are declared: a scenario that calls one has to be drilled. */
function mayBeForeign(fault: string, { tools }: Plan): boolean {
  const toolFaults: readonly string[] = FAULT_PACKS.tools;
  const hasTools = tools !== undefined && tools !== 'none' && Object.keys(tools).length > 0;
  return !hasTools || !toolFaults.includes(fault);
}
