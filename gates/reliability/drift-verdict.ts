import type { Baseline } from '../../src/contract/baseline.ts';
import type { CheckResult } from '../../src/contract/check.ts';
import { moreOfBoth, notComparable, runsOfLost } from '../../src/contract/missing-baseline.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { type Compared, compareScenarios, notCompared } from '../../src/contract/statistics/compared-scenarios.ts';
import { describeDrift, judgeDrift } from '../../src/contract/statistics/drift.ts';
import { worstOf } from '../../src/contract/statistics/judgement.ts';
import type { ReleaseDrift } from './drifts.ts';
import { driftsBetween, type Measured, measuredBy } from './release-drifts.ts';
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
    ...notTimed(before, seen, compared),
    ...notCompared(comparison),
    `baseline ${showName(baseline.runId)} of ${baseline.evaluatedAt}`,
  ].join('; ');
  if (worst.outcome !== 'pass' || lost.length === 0) return { ...worst, message };
  return { ...worst, outcome: 'inconclusive', message, missing: runsOfLost(lost) };
}

/** Runs with an answer from a store have no duration of their own. */
function notTimed(before: Measured, after: Measured, compared: readonly Compared[]): string[] {
  const replayedIn = ({ durations }: Measured, id: string) => durations[id]?.replayed ?? 0;
  const replayed = compared.reduce((sum, { id }) => sum + replayedIn(before, id) + replayedIn(after, id), 0);
  return replayed === 0 ? [] : [`not timed: ${quantity(replayed, 'run')} of both releases with an answer from a store`];
}
