import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Scenario } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { describeDrift, judgeDrift } from '../../src/contract/statistics/drift.ts';
import { type Judgement, worstOf } from '../../src/contract/statistics/judgement.ts';
import type { Pair } from '../../src/contract/statistics/pair.ts';
import { formatMeasurement } from '../../src/contract/units.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import type { Difference, DifferenceLimit } from './difference.ts';
import type { PathOutcomes } from './measures/path-outcomes.ts';
import type { PathSample } from './path-sample.ts';
import { qualityDifferences, toolDifferences } from './rate-differences.ts';
import { sizeDifferences } from './size-differences.ts';

interface Question {
  readonly route: DeclaredRoute;
  /** Index of its path in `PathOutcomes.scenarios`. */
  readonly path: number;
  readonly outcomes: PathOutcomes;
  readonly scenarios: readonly Scenario[];
  readonly limits: Readonly<Record<DifferenceLimit, number | undefined>>;
}

/**
 * Compares one fallback with the primary in every scenario that both answered, weighted by traffic. Every difference with
 * a limit must be shown to stay within it: non-inferiority by one-sided 95 % bounds.
 */
export function judgeSubstitution({ route, path, outcomes, scenarios, limits }: Question): Judgement {
  const used = scenarios.filter(({ share }) => share > 0);
  const pairs = used.flatMap((scenario) => pairOf(scenario, outcomes, path));
  const name = `${route.path} (${showName(route.model)})`;
  const more = (fewest: number | undefined) => moreRuns(route, fewest);
  if (pairs.length === 0) {
    const message = `${name}: no scenario was answered by it alone and by the primary alone`;
    const result = { outcome: 'inconclusive', message, missing: more(undefined), evidence: [] } as const;
    return { result, badness: Number.POSITIVE_INFINITY };
  }
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  const weighted = pairs.map((pair) => ({ ...pair, weight: pair.weight / total }));
  const n = weighted.reduce((sum, { after }) => sum + after.runs, 0);
  const differences = [
    ...qualityDifferences(
      weighted,
      weighted.map(({ scenario }) => scenario),
    ),
    ...toolDifferences(weighted),
    ...sizeDifferences(weighted),
  ];
  const judged = differences.flatMap((difference) => {
    const limit = limits[difference.limitName];
    return limit === undefined ? [] : [judgeDrift(difference, { limit, n, more })];
  });
  const worst = worstOf(judged);
  const badness = Math.max(...judged.map((one) => one.badness));
  const lost = used.filter(({ id }) => !pairs.some(({ scenario }) => scenario.id === id)).map(({ id }) => showName(id));
  const gap = lost.length === 0 ? '' : `; not compared: ${lost.join(', ')}`;
  const message = `${name} in ${quantity(n, 'run')}: ${[worst.message, ...describeOthers(differences, limits, worst.message)].join('; ')}${gap}`;
  if (worst.outcome !== 'pass' || lost.length === 0) return { result: { ...worst, message }, badness };
  return { result: { ...worst, outcome: 'inconclusive', message, missing: more(undefined) }, badness };
}

type ScenarioPair = Pair<PathSample> & { readonly scenario: Scenario };

function pairOf(scenario: Scenario, { scenarios }: PathOutcomes, path: number): ScenarioPair[] {
  const paths = scenarios[scenario.id];
  const [before, after] = [paths?.[0], paths?.[path]];
  if (before === undefined || after === undefined || before.runs === 0 || after.runs === 0) return [];
  return [{ scenario, weight: scenario.share, before, after }];
}

function moreRuns({ path }: DeclaredRoute, fewest: number | undefined): MissingInput {
  const runs =
    fewest === undefined ? 'runs of every scenario' : `at least ${quantity(fewest, 'run')} in the mix of production`;
  return {
    input: `runs that ${path} answers alone`,
    remedy: `Make the primary fail on purpose and record ${runs} that ${path} answers alone, and as many of the primary.`,
  };
}

/** The other differences; of the tools only the one that may be largest. */
function describeOthers(differences: readonly Difference[], limits: Question['limits'], said: string): string[] {
  const [widest] = differences
    .filter(({ limitName }) => limitName === 'tools')
    .toSorted((a, b) => (b.change?.upper ?? 0) - (a.change?.upper ?? 0));
  return differences
    .filter((difference) => difference.limitName !== 'tools' || difference === widest)
    .map((difference) => describe(difference, limits[difference.limitName]))
    .filter((text) => !said.startsWith(text));
}

/** A difference without a limit is said as it was seen. */
function describe(difference: Difference, limit: number | undefined): string {
  if (limit !== undefined) return describeDrift(difference, limit);
  const { subject, direction, change, open } = difference;
  if (change === undefined) return `${subject}: ${open?.what ?? 'too few runs for a bound'}`;
  return `${subject}: ${formatMeasurement({ value: change.estimate, unit: 'ratio' })} ${direction} by estimate`;
}
