import { addName } from '../../src/contract/name-counts.ts';
import type { ModelCall, Route } from '../../src/contract/run.ts';
import { NANO_USD_PER_USD } from '../../src/contract/units.ts';
import { keepWitness } from '../../src/contract/witness.ts';
import { asInteger, type CallPrices, type RouteUse } from './call-price-tally.ts';

/**
 * A reported cost that is no amount of money says nothing, nor does one beside an estimate, or of an answer from a store.
 * Producers report what the list says or what a contract does: the price that is nearer counts.
 */
export function addCompared(state: CallPrices, call: ModelCall): void {
  const { recordedCostUsd, costNanoUsd, listNanoUsd, usageSource, isReplayed, ref } = call;
  if (recordedCostUsd === undefined || costNanoUsd === undefined) return;
  if (usageSource !== 'reported' || isReplayed === true || !(recordedCostUsd >= 0)) return;
  const recorded = Math.round(recordedCostUsd * NANO_USD_PER_USD);
  if (!Number.isFinite(recorded)) return;
  const atList = listNanoUsd ?? costNanoUsd;
  const isListed = Math.abs(recorded - atList) < Math.abs(recorded - costNanoUsd);
  const priced = isListed ? atList : costNanoUsd;
  state.compared.calls += 1;
  state.compared.priced += BigInt(priced);
  state.compared.recorded += BigInt(recorded);
  const difference = Math.abs(recorded - priced);
  if (difference > 0) keepWitness(state.differingAt, { value: difference, ref });
}

/** Adds calls of one run that went to one model, and what they cost. */
export function addUse(use: RouteUse, calls: number, cost: number): void {
  use.calls += calls;
  use.cost += asInteger(cost);
}

/** Keeps the place of a call that did not go to the primary model, and the name of a model that is not declared. */
export function addElsewhere(state: CallPrices, call: ModelCall): void {
  keepWitness(useOf(state, call.route).at, { value: 1, ref: call.ref });
  if (call.route === 'undeclared') addName(state.undeclared, call.requestedModel ?? call.servedModel ?? '');
}

/** What was counted of a route so far. */
export function useOf({ routes }: CallPrices, route: Route): RouteUse {
  const { [route]: use = { calls: 0, cost: 0n, at: [] } } = routes;
  routes[route] = use;
  return use;
}
