import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import { mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { mergeUnpriced, type UnpricedCalls } from './unpriced.ts';

/**
 * Tokens of the runs of one scenario, input and output over all model calls, failed ones with usage included. A call
 * without token counts adds nothing: then they are a lower bound.
 */
export interface TokenSample {
  runs: number;
  /** Tokens per run, up to the largest safe integer. */
  distribution: Distribution;
  tokens: bigint;
  calls: number;
  /** Calls whose tokens were counted in their recorded text, at the upper end of that estimate. */
  estimatedCalls: number;
  /** Calls without token counts, by reason. */
  uncounted: UnpricedCalls;
  runsWithoutCalls: number;
  /** Runs whose tokens are not known entirely. */
  partialRuns: number;
  /** The runs with most tokens. */
  largest: Witness[];
  /** Calls without token counts and runs without calls. */
  unknownAt: Witness[];
}

export function emptyTokens(): TokenSample {
  return {
    runs: 0,
    distribution: emptyDistribution(),
    tokens: 0n,
    calls: 0,
    estimatedCalls: 0,
    uncounted: {},
    runsWithoutCalls: 0,
    partialRuns: 0,
    largest: [],
    unknownAt: [],
  };
}

/** Adds the tokens of one run in place; returns them as they count. */
export function addTokens(sample: TokenSample, tokens: number): number {
  const counted = Math.min(tokens, Number.MAX_SAFE_INTEGER);
  sample.runs += 1;
  sample.tokens += BigInt(counted);
  addValue(sample.distribution, counted);
  return counted;
}

export function mergeTokens(a: TokenSample, b: TokenSample): TokenSample {
  return {
    runs: a.runs + b.runs,
    distribution: mergeDistributions(a.distribution, b.distribution),
    tokens: a.tokens + b.tokens,
    calls: a.calls + b.calls,
    estimatedCalls: a.estimatedCalls + b.estimatedCalls,
    uncounted: mergeUnpriced(a.uncounted, b.uncounted),
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    partialRuns: a.partialRuns + b.partialRuns,
    largest: mergeWitnesses(a.largest, b.largest),
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
  };
}
