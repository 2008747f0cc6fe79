import type { Baseline } from '../../src/contract/baseline.ts';
import type { CheckResult } from '../../src/contract/check.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { describeDrift, judgeDrift } from '../../src/contract/statistics/drift.ts';
import { worstOf } from '../../src/contract/statistics/judgement.ts';
import { type Comparison, compareScenarios } from './drift-pairs.ts';
import type { ReleaseDrift } from './drifts.ts';
import { COMPARABLE, driftsBetween, type Measured, measuredBy } from './release-drifts.ts';
import { servedModels } from './served-models.ts';

interface DriftQuestion {
  readonly seen: Measured;
  readonly limits: Readonly<Record<ReleaseDrift['limitName'], number>>;
  readonly plan: Pick<Plan, 'scenarios' | 'tools'>;
  readonly baseline: Baseline | undefined;
}

/** Every change must be within its limit: the worst decides, and all are said. */
export function judgeDrifts({ seen, limits, plan, baseline }: DriftQuestion): CheckResult {
  const before = baseline === undefined ? undefined : measuredBy(baseline);
  if (baseline === undefined || before === undefined)
    return notComparable('the baseline does not hold what is compared');
  const comparison = compareScenarios(before.behaviours, seen.behaviours, plan.scenarios);
  const { compared, lost } = comparison;
  if (compared.length === 0) return notComparable('no scenario was run both in the baseline and in this release');
  const n = compared.reduce((sum, { id }) => sum + (seen.behaviours[id]?.runs ?? 0), 0);
  const drifts = driftsBetween(before, seen, { compared, plan });
  const judged = drifts.map((drift) => ({
    drift,
    ...judgeDrift(drift, { limit: limits[drift.limitName], n, more: moreOfBoth }),
  }));
  const worst = worstOf(judged);
  const message = [
    worst.message,
    ...judged.flatMap(({ drift, result }) => (result === worst ? [] : [describeDrift(drift, limits[drift.limitName])])),
    ...servedModels(before.behaviours, seen.behaviours, compared),
    ...notCompared(comparison),
    `baseline ${showName(baseline.runId)} of ${baseline.evaluatedAt}`,
  ].join('; ');
  if (worst.outcome !== 'pass' || lost.length === 0) return { ...worst, message };
  const missing = {
    input: 'runs of every declared scenario',
    remedy: `Record runs of ${lost.map(showName).join(', ')}, which the baseline has.`,
  };
  return { ...worst, outcome: 'inconclusive', message, missing };
}

function moreOfBoth(fewest: number | undefined): MissingInput {
  const runs = fewest === undefined ? 'more runs' : `at least ${quantity(fewest, 'run')}`;
  return {
    input: 'more runs of this release and of the baseline',
    remedy: `Record ${runs} of this release in the mix of these, and as many for the baseline.`,
  };
}

function notComparable(message: string): CheckResult {
  const missing = {
    input: COMPARABLE,
    remedy:
      'Give with --baseline the bundle of an earlier evaluation of this workload with the same scenarios, made with this version of aigate.',
  };
  return { outcome: 'inconclusive', message, missing, evidence: [] };
}

function notCompared({ lost, added }: Comparison): string[] {
  return [
    ...(lost.length === 0 ? [] : [`not compared, without runs now: ${lost.map(showName).join(', ')}`]),
    ...(added.length === 0 ? [] : [`not compared, without runs in the baseline: ${added.map(showName).join(', ')}`]),
  ];
}
