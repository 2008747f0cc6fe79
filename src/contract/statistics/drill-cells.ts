import type { CheckContext } from '../check.ts';
import { classifyDrill } from '../classify-drill.ts';
import type { DrillClass } from '../drill.ts';
import type { DrillRun } from '../drill-run.ts';
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
  /** Runs in which a request met the fault. */
  readonly exercised: readonly JudgedRun[];
  /**
   * There are runs, the primary was asked in each, and none of it was something that the fault can change, such as a
   * stream where nothing is streamed.
   */
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
  const { faults: planned, scenarios } = plan.drills ?? { faults: [], scenarios: [] };
  return planned
    .filter((fault) => faults.includes(fault))
    .flatMap((fault) => scenarios.map((scenario) => cellOf(runs, { fault, scenario }, plan)));
}

function cellOf(
  runs: readonly JudgedRun[],
  { fault, scenario }: Pick<DrillCell, 'fault' | 'scenario'>,
  plan: Plan,
): DrillCell {
  const own = runs.filter(({ run }) => run.fault === fault && run.scenario === scenario);
  const exercised = own.filter(({ verdict, run }) => verdict !== 'not-exercised' && run.faulted > 0);
  const asked = own.length > 0 && own.every(({ run }) => run.attempts.some(({ route }) => route === 'primary'));
  return { fault, scenario, exercised, isForeign: asked && exercised.length === 0 && mayBeForeign(fault, plan) };
}

/**
 * Faults that change what not every workload asks for. Those of tools must be met where tools are declared: a scenario
 * that calls one has to be drilled.
 */
function mayBeForeign(fault: string, { tools }: Plan): boolean {
  if (isIn(FAULT_PACKS.stream, fault) || fault === 'structured-output-invalid') return true;
  const hasTools = tools !== undefined && tools !== 'none' && Object.keys(tools).length > 0;
  return isIn(FAULT_PACKS.tools, fault) && !hasTools;
}

function isIn(pack: readonly string[], fault: string): boolean {
  return pack.includes(fault);
}
