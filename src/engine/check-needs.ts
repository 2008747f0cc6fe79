import type { Baseline } from '../contract/baseline.ts';
import type { AnyCheck } from '../contract/check.ts';
import type { EvidenceKind } from '../contract/evidence.ts';
import type { AnyMeasure, MissingInput } from '../contract/measure.ts';
import type { Plan } from '../contract/plan.ts';
import type { Observed } from './observed.ts';
import { ALL_CLASSES, finishMeasure, type MeasureStates, type RunClass } from './reduce.ts';

/** A measure over all runs sees every binding; any other only those that count in the plan's lane. */
function classesFor(measure: AnyMeasure, classes: readonly RunClass[]): readonly RunClass[] {
  if (measure.population !== 'all') return classes;
  const kinds = new Set(classes.map(kindOf));
  return ALL_CLASSES.filter((runClass) => kinds.has(kindOf(runClass)));
}

function kindOf(runClass: RunClass): EvidenceKind {
  return runClass.slice(0, runClass.indexOf('/')) as EvidenceKind;
}

export function needsOf(check: AnyCheck): [string, AnyMeasure][] {
  return Object.entries(check.needs as Record<string, AnyMeasure>);
}

export function finishNeeds(
  check: AnyCheck,
  states: MeasureStates,
  classes: readonly RunClass[],
  plan: Plan,
): { values: Record<string, unknown>; unseen: MissingInput | undefined } {
  const values: Record<string, unknown> = {};
  for (const [name, measure] of needsOf(check)) {
    values[name] = finishMeasure(measure, states, classesFor(measure, classes), plan);
    if (values[name] === undefined) return { values, unseen: measure.unseen };
  }
  return { values, unseen: undefined };
}

export function kindsSeen(check: AnyCheck, states: MeasureStates, classes: readonly RunClass[]): EvidenceKind[] {
  const inspected: EvidenceKind[] = check.inspects === undefined ? [] : ['inspected'];
  const kinds = needsOf(check).flatMap(([, measure]) => {
    const byClass = states[measure.id] ?? {};
    return classesFor(measure, classes)
      .filter((runClass) => runClass in byClass)
      .map(kindOf);
  });
  return [...new Set([...inspected, ...kinds])].sort();
}

/** What the earlier evaluation measured, over the same classes of runs. */
export function baselineFor(admitted: readonly RunClass[], { plan, baselineStates }: Observed): Baseline | undefined {
  if (plan.baseline === undefined || baselineStates === undefined) return undefined;
  return {
    ...plan.baseline,
    valueOf: (measure) => finishMeasure(measure, baselineStates, classesFor(measure, admitted), plan),
  };
}
