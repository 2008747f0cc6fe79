import type { MissingInput } from '../../src/contract/measure.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { runsWithoutCalls } from '../../src/contract/unseen-calls.ts';
import type { CostSample } from './cost-sample.ts';
import type { Stratum } from './strata.ts';
import { countUnpriced, describeUnpriced, mergeUnpriced, remedyUnpriced, type UnpricedCalls } from './unpriced.ts';

interface Unknown {
  readonly what: string;
  readonly missing: MissingInput;
}

type Costs = readonly Pick<Stratum<CostSample>, 'id' | 'sample'>[];

/**
 * Why the costs of these runs are not all known, or undefined when they are. A run without a model call counts as
 * unknown: whether it made none or the recording lost them cannot be told apart.
 */
export function whyUnknown(costs: Costs): Unknown | undefined {
  const unpriced = costs.reduce<UnpricedCalls>((total, { sample }) => mergeUnpriced(total, sample.unpriced), {});
  const silent = costs.reduce((total, { sample }) => total + sample.runsWithoutCalls, 0);
  const whats = [describeUnpriced(unpriced)];
  const remedies = [remedyUnpriced(unpriced)];
  if (silent > 0) {
    whats.push(runsWithoutCalls(silent));
    remedies.push('Export the model calls of every run.');
  }
  const free = costs.filter(isFree).map(({ id }) => id);
  if (free.length > 0) {
    whats.push(`no run of ${free.join(', ')} with a call that cost anything`);
    remedies.push('Record runs in which the model answered.');
  }
  const what = whats.filter((text) => text !== '').join(', ');
  if (what === '') return undefined;
  return { what, missing: { input: 'prices of all model calls', remedy: remedies.join(' ').trim() } };
}

/** The same for what a single run costs: capacity is paid for by the month, so a call that uses it has no cost. */
export function whyNotOwn(costs: Costs): Unknown | undefined {
  const calls = costs.reduce((total, { sample }) => total + sample.capacityCalls, 0);
  if (calls === 0) return whyUnknown(costs);
  const unknown = whyUnknown(costs);
  const what = `${quantity(calls, 'call')} paid for by capacity, without a price of ${calls === 1 ? 'its' : 'their'} own`;
  const remedy = 'Limit cost/monthly-cost instead: it counts what the capacity costs.';
  if (unknown === undefined) return { what, missing: { input: 'a price of every call', remedy } };
  return {
    what: `${unknown.what}, ${what}`,
    missing: { ...unknown.missing, remedy: `${unknown.missing.remedy} ${remedy}` },
  };
}

/** How many of these runs have no entirely known cost of their own; above 0 when `whyNotOwn` says why. */
export function unknownRuns(costs: Costs): number {
  return costs.reduce((total, cost) => total + (isFree(cost) ? cost.sample.runs : cost.sample.partialRuns), 0);
}

/** Every call was refused: that says nothing about what an answer costs. */
function isFree({ sample }: Costs[number]): boolean {
  const isKnown = sample.runsWithoutCalls === 0 && sample.capacityCalls === 0 && countUnpriced(sample.unpriced) === 0;
  return sample.runs > 0 && sample.sum === 0n && isKnown;
}
