import type { MissingInput } from '../measure.ts';
import type { Scenario } from '../plan.ts';
import { quantity } from '../quantity.ts';
import { isPoolable } from './sample-mix.ts';

/** Runs that are judged together. */
export interface Sample {
  /** For messages: `all scenarios pooled` or `scenario <id>`. */
  readonly label: string;
  readonly ids: readonly string[];
}

/**
 * Which samples must hold, each by itself. Pooled over scenarios only when every scenario has runs and the sample
 * mix is the traffic mix, and then the critical ones are judged on their own too; otherwise every scenario is.
 * `counts` holds the runs of each scenario, the unusable ones included.
 */
export function samplesToJudge(
  counts: Readonly<Record<string, number>>,
  scenarios: readonly Scenario[],
): readonly Sample[] {
  const alone = (some: readonly Scenario[]) => some.map(({ id }): Sample => ({ label: `scenario ${id}`, ids: [id] }));
  const shares = Object.fromEntries(scenarios.map(({ id, share }) => [id, share]));
  const isPooled = scenarios.every(({ id }) => (counts[id] ?? 0) > 0) && isPoolable(counts, shares);
  if (scenarios.length === 1 || !isPooled) return alone(scenarios);
  const pooled: Sample = { label: 'all scenarios pooled', ids: scenarios.map(({ id }) => id) };
  return [pooled, ...alone(scenarios.filter(({ critical }) => critical))];
}

/** What is missing when the runs do not yet prove anything. `fewest`: the runs that may prove it. */
export function moreRuns({ label }: Sample, fewest: number): MissingInput {
  const count = Number.isFinite(fewest) ? Math.max(1, fewest) : 1;
  return {
    input: 'more runs of this release',
    remedy: `Record at least ${quantity(count, 'run')} of this release (${label}).`,
  };
}
