import type { Baseline } from '../contract/baseline.ts';
import type { AnyCheck, CheckContext, CheckResult, Tables } from '../contract/check.ts';
import type { Drills } from '../contract/drill-run.ts';
import { BINDINGS, type EvidenceKind } from '../contract/evidence.ts';
import type { Finding } from '../contract/finding.ts';
import type { Inspection } from '../contract/inspection.ts';
import type { Json } from '../contract/json.ts';
import type { Calibration } from '../contract/judge.ts';
import type { LimitSet } from '../contract/limit.ts';
import type { AnyMeasure, MissingInput } from '../contract/measure.ts';
import type { Plan, PlannedCheck } from '../contract/plan.ts';
import type { Population } from '../contract/population.ts';
import {
  ALL_CLASSES,
  admittedClasses,
  countingClasses,
  finishMeasure,
  type MeasureStates,
  type RunClass,
} from './reduce.ts';

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

/**
 * Judges every planned check. Checks of the evidence gate come last and see the findings of the others.
 * A check that throws becomes an `error` finding; it never ends the run and never passes.
 */
export function evaluateChecks(catalogue: readonly AnyCheck[], observed: Observed): Finding[] {
  const judge = (planned: PlannedCheck, findings: readonly Finding[]) =>
    evaluateCheck(
      catalogue.find((check) => check.meta.id === planned.id),
      planned,
      observed,
      findings,
    );
  const [first, last] = [false, true].map((isLast) =>
    observed.plan.checks.filter((planned) => (planned.gate === 'evidence') === isLast),
  );
  const findings = (first ?? []).map((planned) => judge(planned, []));
  return [...findings, ...(last ?? []).map((planned) => judge(planned, findings))];
}

function evaluateCheck(
  check: AnyCheck | undefined,
  planned: PlannedCheck,
  observed: Observed,
  findings: readonly Finding[],
): Finding {
  if (check === undefined) {
    return blank(planned, undefined, 'error', `no check ${planned.id} in this version of aigate`);
  }
  if (planned.notApplicable !== undefined) return blank(planned, check, 'not-applicable', planned.notApplicable);
  const { plan, population, states, tables, inspection, drills, calibration } = observed;
  const admitted = countingClasses(planned.kinds, plan);
  const baseline = baselineFor(admitted, observed);
  const context: CheckContext = { plan, population, tables, inspection, baseline, drills, calibration, findings };
  const kind = [...kindsSeen(check, states, admitted), ...drillKinds(check, observed), ...judgeKinds(check, observed)];
  try {
    const limits = readLimits(check, planned);
    if ('missing' in limits) return publish(planned, check, kind, limits);
    const uninspected =
      whyNotInspected(check, planned, observed) ??
      whyNotDrilled(check, planned, observed) ??
      whyNotJudged(check, planned, observed);
    if (uninspected !== undefined) return publish(planned, check, kind, unseenResult(uninspected));
    const seen = finishNeeds(check, states, admitted, plan);
    if (seen.unseen === undefined)
      return publish(planned, check, kind, check.evaluate(seen.values, limits.values, context));
    const wide = finishNeeds(check, states, ALL_CLASSES, plan);
    if (wide.unseen !== undefined)
      return publish(planned, check, kind, unseenResult(whyNoneCounted(check, observed) ?? wide.unseen));
    const estimate = check.evaluate(wide.values, limits.values, context);
    const seenKinds = kindsSeen(check, states, ALL_CLASSES);
    return publish(planned, check, seenKinds, cannotCount(estimate, whyNotCounted(check, planned, observed)));
  } catch (cause) {
    return blank(planned, check, 'error', `the check threw: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** What the earlier evaluation measured, over the same classes of runs. */
function baselineFor(admitted: readonly RunClass[], { plan, baselineStates }: Observed): Baseline | undefined {
  if (plan.baseline === undefined || baselineStates === undefined) return undefined;
  return {
    ...plan.baseline,
    valueOf: (measure) => finishMeasure(measure, baselineStates, classesFor(measure, admitted), plan),
  };
}

function drillKinds({ drills: restsOnThem }: AnyCheck, { drills }: Observed): EvidenceKind[] {
  if (restsOnThem === undefined) return [];
  const { runs = [], stop, undos = [], probes = [] } = drills ?? {};
  return [...new Set([...runs, ...(stop?.runs ?? []), ...undos, ...probes].map(({ kind }) => kind))];
}

function judgeKinds({ calibration: restsOnIt }: AnyCheck, { calibration }: Observed): EvidenceKind[] {
  return restsOnIt === undefined || calibration === undefined ? [] : [calibration.kind];
}

function whyNotJudged(check: AnyCheck, { kinds }: PlannedCheck, observed: Observed): MissingInput | undefined {
  if (check.calibration === undefined) return undefined;
  if (observed.calibration === undefined) {
    return {
      input: 'what a judge says of labelled items',
      remedy: 'Declare live.judge with a file of labelled items under calibration.',
    };
  }
  if (kinds.includes(observed.calibration.kind)) return undefined;
  const input = `a judge of a kind that counts in lane ${observed.plan.workload.lane} (${kinds.join(', ') || 'none is allowed'})`;
  return { input, remedy: 'Let the provider of the judge answer (live.upstream), or replay what it answered.' };
}

function whyNotDrilled(check: AnyCheck, { kinds }: PlannedCheck, observed: Observed): MissingInput | undefined {
  if (check.drills === undefined) return undefined;
  if (observed.drills === undefined) {
    return {
      input: 'drills',
      remedy: 'Declare live and drills (or live.probes) in the manifest, so that something is broken on purpose.',
    };
  }
  const refused = drillKinds(check, observed).filter((kind) => !kinds.includes(kind));
  if (refused.length === 0) return undefined;
  const input = `drills of a kind that counts in lane ${observed.plan.workload.lane} (${kinds.join(', ') || 'none is allowed'})`;
  return { input, remedy: 'Let another upstream answer, or let the policy admit this kind of evidence in this lane.' };
}

function whyNotInspected(
  { inspects }: AnyCheck,
  { kinds }: PlannedCheck,
  { plan, inspection }: Observed,
): MissingInput | undefined {
  if (inspects === undefined) return undefined;
  if (!kinds.includes('inspected')) {
    const input = `evidence of a kind that counts in lane ${plan.workload.lane} (${kinds.join(', ') || 'none is allowed'})`;
    return { input, remedy: 'Let the policy admit inspected evidence in this lane, or leave the check out.' };
  }
  if (inspection !== undefined) return undefined;
  return { input: 'the files of the workload', remedy: 'Run the check in the folder of the workload.' };
}

/** A measure over all runs sees every binding; any other only those that count in the plan's lane. */
function classesFor(measure: AnyMeasure, classes: readonly RunClass[]): readonly RunClass[] {
  if (measure.population !== 'all') return classes;
  const kinds = new Set(classes.map(kindOf));
  return ALL_CLASSES.filter((runClass) => kinds.has(kindOf(runClass)));
}

function kindOf(runClass: RunClass): EvidenceKind {
  return runClass.slice(0, runClass.indexOf('/')) as EvidenceKind;
}

function needsOf(check: AnyCheck): [string, AnyMeasure][] {
  return Object.entries(check.needs as Record<string, AnyMeasure>);
}

function finishNeeds(
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

function kindsSeen(check: AnyCheck, states: MeasureStates, classes: readonly RunClass[]): EvidenceKind[] {
  const inspected: EvidenceKind[] = check.inspects === undefined ? [] : ['inspected'];
  const kinds = needsOf(check).flatMap(([, measure]) => {
    const byClass = states[measure.id] ?? {};
    return classesFor(measure, classes)
      .filter((runClass) => runClass in byClass)
      .map(kindOf);
  });
  return [...new Set([...inspected, ...kinds])].sort();
}

function readLimits(
  check: AnyCheck,
  planned: PlannedCheck,
): { values: Record<string, Json | undefined> } | (CheckResult & { outcome: 'inconclusive' }) {
  const entries = Object.entries(check.limits as LimitSet);
  const absent = entries.find(([name, limit]) => !(name in planned.limits) && !limit.isOptional);
  if (absent !== undefined) {
    const place = `gates.${planned.id.replace('/', '.')}.${absent[0]}`;
    return {
      outcome: 'inconclusive',
      message: `no limit is set: ${place} (${absent[1].description})`,
      missing: { input: `limit ${place}`, remedy: `Set ${place} in the manifest or in the policy.` },
      evidence: [],
    };
  }
  const unknown = Object.keys(planned.limits).find((name) => !entries.some(([known]) => known === name));
  if (unknown !== undefined) throw new Error(`${planned.id} has no limit ${unknown}`);
  const values = entries.map(([name, limit]) => {
    const value = planned.limits[name];
    return [name, value === undefined ? undefined : limit.schema.parse(value)] as const;
  });
  return { values: Object.fromEntries(values) };
}

function unseenResult(missing: MissingInput): CheckResult {
  return { outcome: 'inconclusive', message: `not seen: ${missing.input}`, missing, evidence: [] };
}

/** Runs exist but may not decide: their result is shown as an estimate that proves nothing. */
function cannotCount(estimate: CheckResult, missing: MissingInput): CheckResult {
  return {
    ...estimate,
    outcome: 'inconclusive',
    message: `${estimate.message}; these runs do not count: ${missing.input}`,
    missing,
  };
}

function whyNotCounted(check: AnyCheck, planned: PlannedCheck, observed: Observed): MissingInput {
  const { plan, states } = observed;
  const ofAnyBinding = finishNeeds(check, states, admittedClasses(planned.kinds, BINDINGS), plan);
  if (ofAnyBinding.unseen === undefined) {
    return {
      input: 'runs bound to this release',
      remedy: `Record with the resource attribute aigate.artifacts.digest=${plan.release.artifactsDigest} (printed by aigate digest).`,
    };
  }
  return {
    input: `runs of a kind that counts in lane ${plan.workload.lane} (${planned.kinds.join(', ') || 'none is allowed'})`,
    remedy: 'Record runs of the real workload; hand-written and synthetic runs prove nothing here.',
  };
}

/** Runs were read, but not one of them reached the check's measures: because of their scenario, or of their release. */
function whyNoneCounted(check: AnyCheck, { plan, population, states }: Observed): MissingInput | undefined {
  const hasSeenRuns = needsOf(check).some(([, { id }]) => Object.keys(states[id] ?? {}).length > 0);
  if (hasSeenRuns || population.runs === 0) return undefined;
  const matched = Object.values(population.runsByScenario).reduce((sum, runs) => sum + runs, 0);
  if (matched > 0) {
    return {
      input: `runs of this release (all ${matched} were recorded against another)`,
      remedy: `Record runs of what ships now, with the resource attribute aigate.artifacts.digest=${plan.release.artifactsDigest} (printed by aigate digest).`,
    };
  }
  return {
    input: `runs that match a scenario (none of ${population.runs} does)`,
    remedy: 'Give every run the attributes that exactly one scenario selects by, such as aigate.case.',
  };
}

function publish(planned: PlannedCheck, check: AnyCheck, kind: readonly EvidenceKind[], result: CheckResult): Finding {
  const { limitName = null } = result;
  if (limitName !== null && !Object.hasOwn(check.limits, limitName)) {
    return blank(planned, check, 'error', `the check names a limit that it does not declare: ${limitName}`);
  }
  const isInconclusive = result.outcome === 'inconclusive';
  return {
    ...blank(planned, check, result.outcome, result.message),
    measured: result.measured ?? null,
    limit: result.limit ?? null,
    limitName,
    estimate: result.estimate ?? null,
    n: result.n ?? null,
    kind,
    missing: isInconclusive ? result.missing : null,
    remedy: result.outcome === 'pass' ? [] : isInconclusive ? [result.missing.remedy] : check.meta.remediation,
    evidence: result.evidence,
  };
}

function blank(
  planned: PlannedCheck,
  check: AnyCheck | undefined,
  outcome: Finding['outcome'],
  message: string,
): Finding {
  return {
    checkId: planned.id,
    gate: planned.gate,
    title: check?.meta.title ?? planned.id,
    outcome,
    severity: planned.severity,
    advisoryBecause: planned.advisoryBecause ?? null,
    measured: null,
    limit: null,
    limitName: null,
    estimate: null,
    n: null,
    kind: [],
    message,
    missing: null,
    remedy: outcome === 'error' ? ['Report this as a defect of aigate, with the bundle.'] : [],
    limitOrigins: planned.origins,
    evidence: [],
  };
}
