import type { Baseline } from '../../src/contract/baseline.ts';
import type { CheckResult } from '../../src/contract/check.ts';
import type { ValueOf } from '../../src/contract/measure.ts';
import { moreOfBoth, notComparable, runsOfLost } from '../../src/contract/missing-baseline.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { compareScenarios, notCompared } from '../../src/contract/statistics/compared-scenarios.ts';
import { judgeDrift, type Open } from '../../src/contract/statistics/drift.ts';
import type { Bounded } from '../../src/contract/statistics/weighted-difference.ts';
import { mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { type Costs, costChange, costsOf } from './cost-change.ts';
import { describeFactors } from './cost-factors.ts';
import { enoughRuns, whyNoBound, whyNoProof } from './enough-runs.ts';
import type runCosts from './measures/run-costs.ts';
import type runTokens from './measures/run-tokens.ts';
import { runsIn } from './strata.ts';
import { whyNotOwn } from './unknown-costs.ts';

/** What is compared of a release. */
interface Spent {
  readonly costs: ValueOf<typeof runCosts>;
  readonly tokens: ValueOf<typeof runTokens>;
}

interface Question {
  readonly seen: Spent;
  /** Undefined: the baseline does not hold it. */
  readonly before: Spent | undefined;
  readonly baseline: Baseline | undefined;
  /** Share of the cost of the baseline. */
  readonly increase: number;
  readonly plan: Plan;
}

/** Fails when the cost rose by more than the limit for certain, passes when it did not for certain. */
export function judgeCostDrift({ seen, before, baseline, increase, plan }: Question): CheckResult {
  if (baseline === undefined || before === undefined)
    return notComparable('the baseline does not hold what is compared');
  const comparison = compareScenarios(before.costs, seen.costs, plan.scenarios);
  const { compared, lost } = comparison;
  if (compared.length === 0) return notComparable('no scenario was run both in the baseline and in this release');
  const costs = costsOf(before.costs, seen.costs, compared);
  const result = judge(costs, increase);
  const ratio = result.estimate === undefined ? undefined : 1 + result.estimate.value;
  const message = [
    `${result.message}${ratio === undefined ? '' : describeFactors(before.tokens, seen.tokens, { compared, cost: ratio })}`,
    ...pricedOn(baseline, plan),
    ...notCompared(comparison),
    `baseline ${showName(baseline.runId)} of ${baseline.evaluatedAt}`,
  ].join('; ');
  if (result.outcome !== 'pass' || lost.length === 0) return { ...result, message };
  return { ...result, outcome: 'inconclusive', message, missing: runsOfLost(lost) };
}

function judge({ before, after }: Readonly<Record<'before' | 'after', Costs>>, increase: number): CheckResult {
  const few = fewOn(before, after, whyNoBound);
  const change = few === undefined ? costChange(before, after) : undefined;
  const open = few === undefined ? whyOpen({ before, after, change, increase }) : { ...few, at: [] };
  const { result } = judgeDrift(
    {
      limitName: 'increase',
      subject: 'mean cost of a run',
      direction: 'more',
      change: open === undefined ? change : undefined,
      at: witnessesIn(after, 'dearest'),
      open,
    },
    { limit: increase, n: runsIn(after), more: moreOfBoth },
  );
  const unproved = result.outcome === 'pass' ? fewOn(before, after, whyNoProof) : undefined;
  if (unproved === undefined) return result;
  const { what, missing } = unproved;
  return { ...result, outcome: 'inconclusive', message: `${result.message}; ${what}`, missing };
}

interface Comparing {
  readonly before: Costs;
  readonly after: Costs;
  readonly change: Bounded | undefined;
  readonly increase: number;
}

/**
 * Unknown costs can only add: those of this release leave a fail as it is and spoil a pass, those of the baseline the
 * other way round.
 */
function whyOpen({ before, after, change, increase }: Comparing): Open | undefined {
  const [was, is] = [whyNotOwn(before), whyNotOwn(after)];
  if (change !== undefined && change.lower > increase && was === undefined) return undefined;
  if (change !== undefined && change.upper <= increase && is === undefined) return undefined;
  if (is !== undefined) return { ...is, at: witnessesIn(after, 'unknownAt', 'capacityAt') };
  return was && { ...was, what: `in the baseline: ${was.what}`, at: [] };
}

/** Why one of both samples is too small. */
function fewOn(before: Costs, after: Costs, why: (costs: Costs) => string | undefined) {
  const is = why(after);
  if (is !== undefined) return { what: is, missing: enoughRuns() };
  const was = why(before);
  return was === undefined ? undefined : { what: `in the baseline: ${was}`, missing: moreOfBoth(undefined) };
}

function witnessesIn(costs: Costs, ...lists: readonly ('dearest' | 'unknownAt' | 'capacityAt')[]): Witness[] {
  return costs.flatMap(({ sample }) => lists.map((list) => sample[list])).reduce<Witness[]>(mergeWitnesses, []);
}

/** Both sides are priced on their own day. */
function pricedOn({ evaluatedAt }: Baseline, plan: Plan): string[] {
  const [was, is] = [evaluatedAt.slice(0, 10), plan.evaluatedAt.slice(0, 10)];
  return was === is ? [] : [`priced on ${was} and ${is}, between which prices and contracts may have changed`];
}
