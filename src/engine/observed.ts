import type { Tables } from '../contract/check.ts';
import type { Drills } from '../contract/drill-run.ts';
import type { Inspection } from '../contract/inspection.ts';
import type { Calibration } from '../contract/judge.ts';
import type { Plan } from '../contract/plan.ts';
import type { Population } from '../contract/population.ts';
import type { MeasureStates } from './reduce.ts';

/** Everything that checks are judged on. */
export interface Observed {
  readonly plan: Plan;
  readonly population: Population;
  readonly states: MeasureStates;
  readonly tables: Tables;
  readonly inspection: Inspection | undefined;
  readonly drills: Drills | undefined;
  readonly calibration: Calibration | undefined;
  /** States of the earlier evaluation that `plan.baseline` names; undefined = none was given. */
  readonly baselineStates: MeasureStates | undefined;
}
