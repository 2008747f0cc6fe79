import { defineMeasure } from '../../../src/contract/measure.ts';
import type { Pricing } from '../../../src/contract/prices.ts';
import type { Embedding, ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { keepWitness } from '../../../src/contract/witness.ts';
import { addUnpriced, asInteger, type CallPrices, emptyPrices, mergePrices } from '../call-price-tally.ts';
import { addCompared, addElsewhere, addUse, useOf } from '../call-uses.ts';
import { isPaidByCapacity } from '../capacity.ts';

/**
 * Which model calls and embeddings have a price, where it comes from, how far it is from the cost that was reported, and
 * which declared models the calls went to.
 */
export default defineMeasure<CallPrices, CallPrices>({
  id: 'cost/call-prices',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: emptyPrices,
  add(state, run, { pricing }) {
    let embeddingCost = 0;
    for (const step of run.steps) {
      if (step.type !== 'model' && step.type !== 'embedding') continue;
      addPrice(state, step, pricing);
      if (step.type === 'model') continue;
      state.embeddings += 1;
      embeddingCost += atList(step);
    }
    if (embeddingCost > 0) state.embeddingCost += asInteger(embeddingCost);
    addModelCalls(state, run);
  },
  merge: mergePrices,
  finish: (state) => (state.modelCalls === 0 ? undefined : state),
});

/** A call without a contract has its list price, and nothing more to say. */
function addPrice(state: CallPrices, call: ModelCall | Embedding, pricing: Pricing): void {
  if (call.costNanoUsd === undefined) addUnpriced(state, call);
  if (call.costNanoUsd === undefined || call.contract === undefined) return;
  if (isPaidByCapacity(call, pricing)) {
    state.capacityCalls += 1;
    return;
  }
  state.contracted.calls += 1;
  if (call.listNanoUsd === undefined) return;
  state.contracted.cost += BigInt(call.costNanoUsd);
  state.contracted.list += BigInt(call.listNanoUsd);
}

/** Consecutive calls to one declared model are summed up first: large integers are dear. */
function addModelCalls(state: CallPrices, run: Run): void {
  let route: ModelCall['route'] | undefined;
  let [calls, cost, modelCalls] = [0, 0, 0];
  for (const step of run.steps) {
    if (step.type !== 'model') continue;
    modelCalls += 1;
    if (route !== undefined && step.route !== route) {
      addUse(useOf(state, route), calls, cost);
      [calls, cost] = [0, 0];
    }
    route = step.route;
    calls += 1;
    cost += atList(step);
    addModelCall(state, step);
  }
  state.modelCalls += modelCalls;
  if (route !== undefined) addUse(useOf(state, route), calls, cost);
  if (modelCalls > 0) return;
  state.runsWithoutCalls += 1;
  keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
}

function addModelCall(state: CallPrices, call: ModelCall): void {
  if (call.recordedCostUsd !== undefined) addCompared(state, call);
  if (call.route !== 'primary') addElsewhere(state, call);
  if (call.isReplayed === true) state.replayed += 1;
  if (call.usageSource !== 'estimated' && call.usageSource !== 'total') return;
  const cost = atList(call);
  state.estimated.calls += 1;
  state.estimated.cost += asInteger(cost);
  keepWitness(state.estimatedAt, { value: cost, ref: call.ref });
}

function atList({ listNanoUsd, costNanoUsd }: ModelCall | Embedding): number {
  return listNanoUsd ?? costNanoUsd ?? 0;
}
