import { BINDINGS, type Binding, EVIDENCE_KINDS, type EvidenceKind } from '../contract/evidence.ts';
import type { AnyMeasure, ValueOf } from '../contract/measure.ts';
import type { Plan } from '../contract/plan.ts';
import type { Run } from '../contract/run.ts';

/**
 * Which runs a state was built from. States are kept apart by class because each check admits its own kinds of
 * evidence; a check's view is the merge of the classes it admits.
 */
export type RunClass = `${EvidenceKind}/${Binding}`;

/** Measure id → run class → state. JSON through `canonicalJson`. */
export type MeasureStates = Readonly<Record<string, Readonly<Partial<Record<RunClass, unknown>>>>>;

export interface Reducer {
  add(run: Run): void;
  states(): MeasureStates;
}

/** Folds runs into the states of the given measures, in memory that does not grow with their number. */
export function createReducer(measures: readonly AnyMeasure[], plan: Plan): Reducer {
  const byClass = new Map<RunClass, Map<AnyMeasure, unknown>>();
  return {
    add(run) {
      const runClass: RunClass = `${run.kind}/${run.binding}`;
      const states = byClass.get(runClass) ?? new Map<AnyMeasure, unknown>();
      byClass.set(runClass, states);
      for (const measure of measures) {
        if (!isSeenBy(measure, run)) continue;
        let state = states.get(measure);
        if (state === undefined) {
          state = measure.empty(plan);
          states.set(measure, state);
        }
        measure.add(state, run, plan);
      }
    },
    states: () =>
      Object.fromEntries(
        measures.map((measure) => [
          measure.id,
          Object.fromEntries(
            [...byClass].flatMap(([runClass, states]) =>
              states.has(measure) ? [[runClass, states.get(measure)]] : [],
            ),
          ),
        ]),
      ),
  };
}

function isSeenBy({ population }: AnyMeasure, { binding, scenario, load, harm }: Run): boolean {
  const isOfRelease = binding !== 'mismatched';
  switch (population) {
    case 'counted':
      return load === undefined && harm === undefined && isOfRelease && scenario.match === 'one';
    case 'load':
      return load !== undefined && harm === undefined && isOfRelease && scenario.match === 'one';
    case 'harm':
      return harm !== undefined && isOfRelease;
    case 'any-scenario':
      return isOfRelease;
    case 'all':
      return true;
  }
}

/** The states of two reductions over disjoint runs, as if one had seen all of them. */
export function mergeStates(measures: readonly AnyMeasure[], a: MeasureStates, b: MeasureStates): MeasureStates {
  return Object.fromEntries(
    measures.map((measure) => {
      const [left, right] = [a[measure.id] ?? {}, b[measure.id] ?? {}];
      const classes = ALL_CLASSES.filter((runClass) => runClass in left || runClass in right);
      return [
        measure.id,
        Object.fromEntries(
          classes.map((runClass) => [runClass, mergeOptional(measure, left[runClass], right[runClass])]),
        ),
      ];
    }),
  );
}

/** The finished value over the given classes; undefined when none of them gave anything. */
export function finishMeasure<M extends AnyMeasure>(
  measure: M,
  states: MeasureStates,
  classes: readonly RunClass[],
  plan: Plan,
): ValueOf<M> | undefined {
  const byClass = states[measure.id] ?? {};
  const merged = classes.reduce<unknown>(
    (total, runClass) => mergeOptional(measure, total, byClass[runClass]),
    undefined,
  );
  return merged === undefined ? undefined : measure.finish(merged, plan);
}

/** Classes whose runs may pass a check that admits these kinds. */
export function admittedClasses(kinds: readonly EvidenceKind[], bindings: readonly Binding[]): RunClass[] {
  return kinds.flatMap((kind) => bindings.map((binding): RunClass => `${kind}/${binding}`));
}

/** Classes that may decide in the lane of the plan: runs that do not say what they belong to count in experimental only. */
export function countingClasses(kinds: readonly EvidenceKind[], { workload }: Pick<Plan, 'workload'>): RunClass[] {
  return admittedClasses(kinds, workload.lane === 'experimental' ? ['bound', 'unbound'] : ['bound']);
}

export const ALL_CLASSES: readonly RunClass[] = admittedClasses(EVIDENCE_KINDS, BINDINGS);

function mergeOptional(measure: AnyMeasure, a: unknown, b: unknown): unknown {
  if (a === undefined) return b;
  return b === undefined ? a : measure.merge(a, b);
}
