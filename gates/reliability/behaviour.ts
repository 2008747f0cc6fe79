import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { addName, emptyNames, mergeNames, type NameCounts } from '../../src/contract/name-counts.ts';
import type { Run } from '../../src/contract/run.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { runTokens } from './run-tokens.ts';
import { runTools } from './run-tools.ts';

/** Tokens of runs. */
export interface TokenSample {
  distribution: Distribution;
  /** Runs of which the tokens are not recorded. */
  unknown: number;
  unknownAt: Witness[];
  /** Of the others, those with counts that were estimated. */
  estimated: number;
  /** Ranked by tokens. */
  most: Witness[];
}

/** Tool calls of runs by name. */
export interface ToolSample {
  calls: NameCounts;
  /** Runs that called none. */
  runsWithout: number;
  /** Sum over runs of the square of their calls, a run without any counting as one. */
  squares: number;
  /** Runs that do not tell which tools they called. */
  unknown: number;
  unknownAt: Witness[];
  /** Ranked by calls. */
  most: Witness[];
}

/** What the runs of one scenario used. Mutable by `addBehaviour`; everything else returns new values. */
export interface Behaviour {
  runs: number;
  tokens: TokenSample;
  tools: ToolSample;
  /** Calls that did not fail by the model that served them, where it is recorded. */
  served: NameCounts;
}

export function emptyBehaviour(): Behaviour {
  return {
    runs: 0,
    tokens: { distribution: emptyDistribution(), unknown: 0, unknownAt: [], estimated: 0, most: [] },
    tools: { calls: emptyNames(), runsWithout: 0, squares: 0, unknown: 0, unknownAt: [], most: [] },
    served: emptyNames(),
  };
}

/** Counts one run in place. */
export function addBehaviour(into: Behaviour, run: Run): void {
  into.runs += 1;
  addTokens(into.tokens, run);
  addTools(into.tools, runTools(run), run.ref);
  for (const step of run.steps) {
    if (step.type === 'model' && step.error === undefined && step.servedModel !== undefined) {
      addName(into.served, step.servedModel);
    }
  }
}

function addTokens(into: TokenSample, run: Run): void {
  const { tokens, isEstimated } = runTokens(run);
  if (tokens === undefined) {
    into.unknown += 1;
    keepWitness(into.unknownAt, { value: 1, ref: run.ref });
    return;
  }
  if (isEstimated) into.estimated += 1;
  addValue(into.distribution, tokens);
  keepWitness(into.most, { value: tokens, ref: run.ref });
}

function addTools(into: ToolSample, tools: readonly string[] | undefined, ref: EvidenceRef): void {
  if (tools === undefined) {
    into.unknown += 1;
    keepWitness(into.unknownAt, { value: 1, ref });
    return;
  }
  for (const tool of tools) addName(into.calls, tool);
  if (tools.length === 0) into.runsWithout += 1;
  into.squares += Math.max(1, tools.length) ** 2;
  keepWitness(into.most, { value: tools.length, ref });
}

export function mergeBehaviour(a: Behaviour, b: Behaviour): Behaviour {
  return {
    runs: a.runs + b.runs,
    tokens: {
      distribution: mergeDistributions(a.tokens.distribution, b.tokens.distribution),
      unknown: a.tokens.unknown + b.tokens.unknown,
      unknownAt: mergeWitnesses(a.tokens.unknownAt, b.tokens.unknownAt),
      estimated: a.tokens.estimated + b.tokens.estimated,
      most: mergeWitnesses(a.tokens.most, b.tokens.most),
    },
    tools: mergeTools(a.tools, b.tools),
    served: mergeNames(a.served, b.served),
  };
}

function mergeTools(a: ToolSample, b: ToolSample): ToolSample {
  return {
    calls: mergeNames(a.calls, b.calls),
    runsWithout: a.runsWithout + b.runsWithout,
    squares: a.squares + b.squares,
    unknown: a.unknown + b.unknown,
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
    most: mergeWitnesses(a.most, b.most),
  };
}
