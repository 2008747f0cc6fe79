import type { CheckContext } from '../../src/contract/check.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Population } from '../../src/contract/population.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import type { ScenarioRuns } from './measures/scenario-runs.ts';
import { type SourceGap, unknownSampling, unread } from './source-gaps.ts';

export interface CoverageGap extends SourceGap {
  /** What was compared; absent where the gap is no matter of degree. */
  readonly measured?: Measurement;
  readonly limit?: Measurement;
  readonly limitName?: string;
  /** Sample size in runs where it is not the counted runs of the scenarios. */
  readonly n?: number;
}

interface Required {
  readonly runs: number;
  readonly unmatchedRatio: number;
}

/** Everything that keeps the recordings from covering the declared scenarios, the gravest first. */
export function coverageGaps(
  seen: ScenarioRuns,
  required: Required,
  { plan, population }: Pick<CheckContext, 'plan' | 'population'>,
): CoverageGap[] {
  return [
    withoutRuns(plan, population),
    unread(plan, population),
    unknownSampling(plan),
    unmatched(population, required),
    tooFew(seen, plan, required),
  ].filter((gap) => gap !== undefined);
}

function withoutRuns({ scenarios }: Plan, population: Population): CoverageGap | undefined {
  const empty = scenarios.filter(({ id }) => (population.runsByScenario[id] ?? 0) === 0);
  const [first] = empty;
  if (first === undefined) return undefined;
  return {
    message: `no run of ${quantity(empty.length, 'scenario')}: ${namesOf(empty)}`,
    missing: { input: 'runs of every declared scenario', remedy: `Record runs ${selectedBy(first)}.` },
  };
}

function tooFew(seen: ScenarioRuns, { scenarios, live }: Plan, required: Required): CoverageGap | undefined {
  const few = seen.filter(({ runs }) => runs < required.runs);
  const [first] = few;
  if (first === undefined) return undefined;
  const listed = few.map(({ id, runs }) => `${showName(id)} (${formatNumber(runs)})`).join(', ');
  const declared = scenarios.find(({ id }) => id === first.id);
  const which = declared === undefined ? `of ${showName(first.id)}` : selectedBy(declared);
  return {
    measured: { value: Math.min(...few.map(({ runs }) => runs)), unit: 'count' },
    limit: { value: required.runs, unit: 'count' },
    limitName: 'runs',
    message: `fewer than ${quantity(required.runs, 'counted run')} of ${quantity(few.length, 'scenario')}: ${listed}`,
    missing: {
      input: 'more runs of this release',
      remedy: `${live === undefined ? 'Record' : `Set live.runs to at least ${required.runs}, or record`} at least ${quantity(required.runs - first.runs, 'more run')} of this release ${which}.`,
    },
  };
}

function unmatched({ runs, unmatchedRuns, ambiguousRuns }: Population, required: Required): CoverageGap | undefined {
  const share: Measurement = { value: round12((unmatchedRuns + ambiguousRuns) / Math.max(1, runs)), unit: 'ratio' };
  const limit: Measurement = { value: required.unmatchedRatio, unit: 'ratio' };
  if (share.value <= limit.value) return undefined;
  return {
    measured: share,
    limit,
    limitName: 'unmatchedRatio',
    n: runs,
    message: `${formatMeasurement(share, limit)} of ${quantity(runs, 'run')} match no scenario (${formatNumber(unmatchedRuns)}) or several (${formatNumber(ambiguousRuns)}), limit ${formatMeasurement(limit, limit)}`,
    missing: {
      input: 'exactly one scenario for every run',
      remedy: 'Declare scenarios for the remaining traffic, with select attributes that exclude each other.',
    },
  };
}

function namesOf(scenarios: Plan['scenarios']): string {
  return scenarios.map(({ id }) => showName(id)).join(', ');
}

function selectedBy({ select, id }: Plan['scenarios'][number]): string {
  const attributes = Object.entries(select).map(([key, value]) => `${key}=${value}`);
  return `with ${attributes.join(' and ')} (scenario ${showName(id)})`;
}
