import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Contract } from '../../src/contract/prices.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, round12 } from '../../src/contract/units.ts';
import { type Bounds, guardedMean } from './bounds.ts';
import { type Capacity, capacityOf } from './capacity.ts';
import { emptyMoments, type Moments } from './moments.ts';
import { strataOf } from './strata.ts';

/** What capacity costs in a month, and what is open about it. */
export interface CapacityCost {
  readonly monthUsd: Bounds;
  /** `50 units of azure/prod-ptu ("order form 4711")`. */
  readonly what: string;
  /** Why it is not known; undefined when it is. */
  readonly open: { readonly what: string; readonly missing: MissingInput } | undefined;
}

/**
 * Cost of the capacity that any call fell under. It follows the peak, not the use: the runs that start in the declared
 * peak second times the mean time that a run keeps a unit busy, with the bounds of that mean, in whole units. Units that
 * were bought are paid for whatever is used; what a peak above them would cost is in no contract.
 */
export function capacityCosts(
  plan: Plan,
  used: readonly { readonly contract: number; readonly busyNs: Readonly<Record<string, Moments>> }[],
): CapacityCost[] {
  return used.flatMap(({ contract: index, busyNs }) => {
    const contract = plan.pricing.contracts[index];
    const capacity = capacityOf(contract?.terms);
    const strata = strataOf(plan, busyNs, emptyMoments);
    const isUsed = strata.some(({ sample }) => sample.sum > 0n);
    if (contract === undefined || capacity === undefined || !isUsed) return [];
    const { peakPerSecond } = plan;
    const { estimate, lower, upper } = guardedMean(strata);
    const needed = (ns: number) => round12((peakPerSecond ?? 0) * ns * 1e-9);
    const paid = (ns: number) => Math.min(capacity.most, Math.max(capacity.least, Math.ceil(needed(ns))));
    const monthUsd = (ns: number) => round12(paid(ns) * capacity.usdPerUnitMonth);
    const name = nameOf(contract);
    return [
      {
        monthUsd: { estimate: monthUsd(estimate), lower: monthUsd(lower), upper: monthUsd(upper) },
        what: `${quantity(paid(estimate), capacity.unit)} of ${name}`,
        open: peakPerSecond === undefined ? noPeak(name) : overflow(capacity, needed(upper), name),
      },
    ];
  });
}

function noPeak(name: string): CapacityCost['open'] {
  return {
    what: `no peak of the traffic is declared, and the capacity of ${name} must carry it`,
    missing: {
      input: 'traffic.peakPerSecond',
      remedy: 'Declare traffic.peakPerSecond, the most runs that start in a second.',
    },
  };
}

function overflow({ most }: Capacity, upper: number, name: string): CapacityCost['open'] {
  if (upper <= most) return undefined;
  const [needed, bought] = [formatNumber(upper, { against: most }), formatNumber(most)];
  return {
    what: `the declared peak needs up to ${needed} units of ${name}, ${bought} are bought: what overflows is refused or billed at a price that no contract states`,
    missing: {
      input: 'capacity for the declared peak',
      remedy: `Buy ${formatNumber(Math.ceil(upper))} units, or hold the peak below what is bought.`,
    },
  };
}

function nameOf({ provider, model, source }: Contract): string {
  return `${showName(provider === undefined ? model : `${provider}/${model}`)} (${showName(source)})`;
}

/** `; 13,000 USD of it for capacity: 50 units of azure/prod-ptu ("order form 4711")`; empty without capacity. */
export function describeCapacity(costs: readonly CapacityCost[]): string {
  if (costs.length === 0) return '';
  const value = round12(costs.reduce((total, { monthUsd }) => total + monthUsd.estimate, 0));
  return `; ${formatMeasurement({ value, unit: 'usd' })} of it for capacity: ${costs.map(({ what }) => what).join(', ')}`;
}
