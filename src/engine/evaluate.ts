import type { AnyCheck, CheckContext, CheckResult } from '../contract/check.ts';
import type { EvidenceKind } from '../contract/evidence.ts';
import type { Finding } from '../contract/finding.ts';
import type { Json } from '../contract/json.ts';
import type { LimitSet } from '../contract/limit.ts';
import type { MissingInput } from '../contract/measure.ts';
import type { PlannedCheck } from '../contract/plan.ts';
import { baselineFor, finishNeeds, kindsSeen } from './check-needs.ts';
import {
  drillKinds,
  judgeKinds,
  whyNoneCounted,
  whyNotCounted,
  whyNotDrilled,
  whyNotInspected,
  whyNotJudged,
} from './missing-evidence.ts';
import type { Observed } from './observed.ts';
import { ALL_CLASSES, countingClasses } from './reduce.ts';

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
