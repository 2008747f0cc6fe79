import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Population } from '../../src/contract/population.ts';
import { rateLowerBound, rateUpperBound } from '../../src/contract/statistics/binomial.ts';
import { round12 } from '../../src/contract/units.ts';

/** A scenario whose share of the traffic is certainly not the declared one. All shares 0–1. */
export interface MixContradiction {
  readonly id: string;
  /** As declared. */
  readonly share: number;
  readonly runs: number;
  /** Recorded runs that match one scenario. */
  readonly total: number;
  /** The exact bound of the observed share that is nearest to the declared one. */
  readonly bound: number;
  /** The share up to which the bound would be tolerated. */
  readonly edge: number;
  readonly ref: EvidenceRef;
}

/**
 * The scenario whose observed share lies farthest outside declared ± `tolerance`, beyond sampling noise. Undefined
 * when none does, or when the recordings cannot tell: only complete recordings of production show its mix, and a
 * scenario without any run is missing rather than rare, most often because its `select` is mistyped.
 */
export function findContradiction(plan: Plan, population: Population, tolerance: number): MixContradiction | undefined {
  const isComplete = plan.sources.every(({ origin, sampling }) => origin === 'production' && sampling === 'none');
  const counts = plan.scenarios.map(({ id }) => population.runsByScenario[id] ?? 0);
  const total = counts.reduce((sum, runs) => sum + runs, 0);
  if (!isComplete || counts.includes(0)) return undefined;
  return plan.scenarios
    .flatMap(({ id, share }, index): MixContradiction[] => {
      const runs = counts[index] ?? 0;
      const ref = manifestRef(plan, pointerOf('scenarios', index, 'share'));
      const [low, high] = [rateLowerBound(runs, total), rateUpperBound(runs, total)];
      const [lowEdge, highEdge] = [round12(share - tolerance), round12(share + tolerance)];
      if (low > highEdge) return [{ id, share, runs, total, bound: low, edge: highEdge, ref }];
      if (high < lowEdge) return [{ id, share, runs, total, bound: high, edge: lowEdge, ref }];
      return [];
    })
    .toSorted((a, b) => Math.abs(b.bound - b.edge) - Math.abs(a.bound - a.edge))[0];
}
