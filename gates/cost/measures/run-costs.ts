import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Pricing } from '../../../src/contract/prices.ts';
import type { Run, Step } from '../../../src/contract/run.ts';
import { endingOf } from '../../../src/contract/run-ending.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness } from '../../../src/contract/witness.ts';
import { isPaidByCapacity } from '../capacity.ts';
import { addCost, type CostSample, emptySample, mergeCosts } from '../cost-sample.ts';
import { addMoment } from '../moments.ts';

/**
 * What the runs of each scenario cost by contract or at list price: every model call and embedding counts, failed
 * attempts and sub-agents included. And how the runs ended.
 */
export default defineMeasure<PerScenario<CostSample>, PerScenario<CostSample>>({
  id: 'cost/run-costs',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios, pricing }) => perScenario(scenarios, () => emptySample(pricing.contracts.length > 0)),
  add(state, run, { pricing }) {
    const sample = valueFor(state, run);
    if (sample === undefined) return;
    addKnowledge(sample, run, pricing);
    const cost = totalCost(run.steps, ownCost);
    addCost(sample, cost);
    if (sample.atList !== undefined) addMoment(sample.atList, totalCost(run.steps, listCost));
    keepWitness(sample.dearest, { value: Number(cost), ref: run.ref });
    addEnding(sample, run, cost);
  },
  merge: (a, b) => mergePerScenario(a, b, mergeCosts),
  finish: (state) => (Object.values(state).some(({ runs }) => runs > 0) ? state : undefined),
});

/** Whether the cost of the run is its own and known. */
function addKnowledge(sample: CostSample, run: Run, pricing: Pricing): void {
  let modelCalls = 0;
  let isPartial = false;
  for (const step of run.steps) {
    if (step.type !== 'model' && step.type !== 'embedding') continue;
    if (step.type === 'model') modelCalls += 1;
    if (step.costNanoUsd === undefined) {
      isPartial = true;
      const reason = step.unpriced ?? 'no-usage';
      sample.unpriced[reason] = (sample.unpriced[reason] ?? 0) + 1;
      keepWitness(sample.unknownAt, { value: 1, ref: step.ref });
    } else if (isPaidByCapacity(step, pricing)) {
      isPartial = true;
      sample.capacityCalls += 1;
      keepWitness(sample.capacityAt, { value: 1, ref: step.ref });
    }
  }
  if (modelCalls === 0) {
    isPartial = true;
    sample.runsWithoutCalls += 1;
    keepWitness(sample.unknownAt, { value: 1, ref: run.ref });
  }
  if (isPartial) sample.partialRuns += 1;
}

/** A run that says nothing of its outcome may have ended either way; one with an error did not succeed. */
function addEnding(sample: CostSample, run: Run, cost: bigint): void {
  if (endingOf(run) === 'badly') return;
  const part = run.outcome === undefined ? sample.untold : sample.succeeded;
  part.runs += 1;
  part.cost += cost;
  if (run.outcome === undefined) keepWitness(sample.untoldAt, { value: 1, ref: run.ref });
}

type CostOf = (step: Step) => number;

/** Exact: floats hold every sum up to the largest safe integer, and only beyond it larger integers are needed. */
function totalCost(steps: readonly Step[], costOf: CostOf): bigint {
  let total = 0;
  for (const step of steps) total += costOf(step);
  if (total <= Number.MAX_SAFE_INTEGER) return BigInt(total);
  let exact = 0n;
  for (const step of steps) exact += BigInt(costOf(step));
  return exact;
}

function ownCost(step: Step): number {
  return step.type === 'model' || step.type === 'embedding' ? (step.costNanoUsd ?? 0) : 0;
}

function listCost(step: Step): number {
  return step.type === 'model' || step.type === 'embedding' ? (step.listNanoUsd ?? step.costNanoUsd ?? 0) : 0;
}
