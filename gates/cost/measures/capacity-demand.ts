import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { type Capacity, capacityOf } from '../capacity.ts';
import { addMoment, emptyMoments, type Moments, mergeMoments } from '../moments.ts';

/**
 * How long runs keep the units of one contract busy, in nanoseconds of one unit; 0 for runs without a call under it.
 * Cached input counts in full: whether a provider spares it is not in the terms.
 */
interface ContractDemand {
  /** Index among the contracts of the policy. */
  readonly contract: number;
  readonly busyNs: PerScenario<Moments>;
}

interface CapacityDemand {
  runs: number;
  /** One per contract that buys capacity instead of calls. */
  readonly contracts: readonly ContractDemand[];
}

/** How much of bought or own capacity the runs of each scenario use. */
export default defineMeasure<CapacityDemand, CapacityDemand>({
  id: 'cost/capacity-demand',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ pricing, scenarios }) => ({
    runs: 0,
    contracts: pricing.contracts.flatMap(({ terms }, contract) =>
      capacityOf(terms) === undefined ? [] : [{ contract, busyNs: perScenario(scenarios, emptyMoments) }],
    ),
  }),
  add(state, run, { pricing }) {
    state.runs += 1;
    for (const { contract, busyNs } of state.contracts) {
      const capacity = capacityOf(pricing.contracts[contract]?.terms);
      const moments = valueFor(busyNs, run);
      if (capacity !== undefined && moments !== undefined) addMoment(moments, busyOf(run, contract, capacity));
    }
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    contracts: a.contracts.map(({ contract, busyNs }, i) => ({
      contract,
      busyNs: mergePerScenario(busyNs, b.contracts[i]?.busyNs ?? {}, mergeMoments),
    })),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function busyOf({ steps }: Run, contract: number, capacity: Capacity): bigint {
  let [input, output] = [0, 0];
  for (const step of steps) {
    if (step.type === 'model' && step.contract === contract) {
      input += step.usage.input ?? 0;
      output += step.usage.output ?? 0;
    } else if (step.type === 'embedding' && step.contract === contract) {
      input += step.inputTokens ?? 0;
    }
  }
  const busySeconds = input * capacity.secondsPerInputToken + output * capacity.secondsPerOutputToken;
  return BigInt(Math.min(Math.round(1e9 * busySeconds), Number.MAX_SAFE_INTEGER));
}
