import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import { mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { addMoment, emptyMoments, type Moments, mergeMoments } from './moments.ts';
import { mergeUnpriced, type UnpricedCalls } from './unpriced.ts';

/** Some of the runs of a sample, and what they cost together in nano-USD. */
interface PartOfRuns {
  runs: number;
  cost: bigint;
}

/**
 * Costs of the runs of one scenario as exact moments in nano-USD. A call without a price counts as nothing in them, and
 * so does one that is paid for by capacity: then they describe the known part, a lower bound.
 */
export interface CostSample extends Moments {
  /** The same costs, up to the largest safe integer. */
  distribution: Distribution;
  /** The same runs at list price, calls that are not in the list at their own. Absent: no contract is declared. */
  atList?: Moments;
  /** Runs whose own cost is not known entirely. */
  partialRuns: number;
  /** Runs in which no model call was recorded: what they cost was not seen. */
  runsWithoutCalls: number;
  unpriced: UnpricedCalls;
  /** Calls that are paid for by capacity, whatever they use. */
  capacityCalls: number;
  succeeded: PartOfRuns;
  /** Runs that do not say how they ended. */
  untold: PartOfRuns;
  /** The dearest runs, by nano-USD. */
  dearest: Witness[];
  /** Calls without a price and runs without calls. */
  unknownAt: Witness[];
  capacityAt: Witness[];
  untoldAt: Witness[];
}

export function emptySample(hasContracts = false): CostSample {
  return {
    ...emptyMoments(),
    distribution: emptyDistribution(),
    ...(hasContracts ? { atList: emptyMoments() } : {}),
    partialRuns: 0,
    runsWithoutCalls: 0,
    unpriced: {},
    capacityCalls: 0,
    succeeded: { runs: 0, cost: 0n },
    untold: { runs: 0, cost: 0n },
    dearest: [],
    unknownAt: [],
    capacityAt: [],
    untoldAt: [],
  };
}

/** Adds the cost of one run in place. */
export function addCost(sample: CostSample, cost: bigint): void {
  addMoment(sample, cost);
  addValue(sample.distribution, Math.min(Number(cost), Number.MAX_SAFE_INTEGER));
}

export function mergeCosts(a: CostSample, b: CostSample): CostSample {
  const atList = a.atList === undefined || b.atList === undefined ? {} : { atList: mergeMoments(a.atList, b.atList) };
  return {
    ...mergeMoments(a, b),
    distribution: mergeDistributions(a.distribution, b.distribution),
    ...atList,
    partialRuns: a.partialRuns + b.partialRuns,
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    unpriced: mergeUnpriced(a.unpriced, b.unpriced),
    capacityCalls: a.capacityCalls + b.capacityCalls,
    succeeded: mergeParts(a.succeeded, b.succeeded),
    untold: mergeParts(a.untold, b.untold),
    dearest: mergeWitnesses(a.dearest, b.dearest),
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
    capacityAt: mergeWitnesses(a.capacityAt, b.capacityAt),
    untoldAt: mergeWitnesses(a.untoldAt, b.untoldAt),
  };
}

/** The costs at list price: where no contract is declared, the costs themselves. */
export function atListPrice(sample: CostSample): Moments {
  return sample.atList ?? sample;
}

function mergeParts(a: PartOfRuns, b: PartOfRuns): PartOfRuns {
  return { runs: a.runs + b.runs, cost: a.cost + b.cost };
}
