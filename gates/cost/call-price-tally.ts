import { addName, emptyNames, mergeNames, type NameCounts } from '../../src/contract/name-counts.ts';
import type { Embedding, ModelCall } from '../../src/contract/run.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { mergeUnpriced, type UnpricedCalls } from './unpriced.ts';

/** Costs in nano-USD. Where a cost is "at list price", calls that are not in the list count at their own. */
export interface CallPrices {
  modelCalls: number;
  embeddings: number;
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
  unpriced: UnpricedCalls;
  unpricedAt: Witness[];
  /** Calls by `provider/model` that is not in the price list. */
  unknownModels: NameCounts;
  /** Cost of embeddings at list price. */
  embeddingCost: bigint;
  /** Calls whose tokens are estimated from their text, or are a total split the dearest way; cost at list price. */
  estimated: { calls: number; cost: bigint };
  estimatedAt: Witness[];
  /** Calls with a price by contract; cost and list price of those that are in the list too. */
  contracted: { calls: number; cost: bigint; list: bigint };
  /** Calls that are paid for by capacity. */
  capacityCalls: number;
  /** Model calls that were answered from a store of earlier answers. */
  replayed: number;
  /** Model calls with a price and a cost that the producer reported. */
  compared: { calls: number; priced: bigint; recorded: bigint };
  /** The calls that differ most, by nano-USD. */
  differingAt: Witness[];
  /** Model calls by route, with their cost at list price; routes that do not occur are absent. */
  routes: Record<string, RouteUse>;
  /** Model calls by name of a model that is not declared. */
  undeclared: NameCounts;
}

export interface RouteUse {
  calls: number;
  cost: bigint;
  /** Some of the calls; none to the primary model. */
  at: Witness[];
}

export function emptyPrices(): CallPrices {
  return {
    modelCalls: 0,
    embeddings: 0,
    runsWithoutCalls: 0,
    withoutCallsAt: [],
    unpriced: {},
    unpricedAt: [],
    unknownModels: emptyNames(),
    embeddingCost: 0n,
    estimated: { calls: 0, cost: 0n },
    estimatedAt: [],
    contracted: { calls: 0, cost: 0n, list: 0n },
    capacityCalls: 0,
    replayed: 0,
    compared: { calls: 0, priced: 0n, recorded: 0n },
    differingAt: [],
    routes: {},
    undeclared: emptyNames(),
  };
}

export function addUnpriced(state: CallPrices, call: ModelCall | Embedding): void {
  const reason = call.unpriced ?? 'no-usage';
  state.unpriced[reason] = (state.unpriced[reason] ?? 0) + 1;
  keepWitness(state.unpricedAt, { value: 1, ref: call.ref });
  if (reason === 'unknown-model') addName(state.unknownModels, `${call.provider ?? '(no provider)'}/${nameOf(call)}`);
}

/** Cost of all calls at list price. */
export function spentIn({ routes, embeddingCost }: CallPrices): bigint {
  return Object.values(routes).reduce((total, { cost }) => total + cost, embeddingCost);
}

export function mergePrices(a: CallPrices, b: CallPrices): CallPrices {
  return {
    modelCalls: a.modelCalls + b.modelCalls,
    embeddings: a.embeddings + b.embeddings,
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
    unpriced: mergeUnpriced(a.unpriced, b.unpriced),
    unpricedAt: mergeWitnesses(a.unpricedAt, b.unpricedAt),
    unknownModels: mergeNames(a.unknownModels, b.unknownModels),
    embeddingCost: a.embeddingCost + b.embeddingCost,
    estimated: addParts(a.estimated, b.estimated),
    estimatedAt: mergeWitnesses(a.estimatedAt, b.estimatedAt),
    contracted: { ...addParts(a.contracted, b.contracted), list: a.contracted.list + b.contracted.list },
    capacityCalls: a.capacityCalls + b.capacityCalls,
    replayed: a.replayed + b.replayed,
    compared: {
      calls: a.compared.calls + b.compared.calls,
      priced: a.compared.priced + b.compared.priced,
      recorded: a.compared.recorded + b.compared.recorded,
    },
    differingAt: mergeWitnesses(a.differingAt, b.differingAt),
    routes: mergeRoutes(a.routes, b.routes),
    undeclared: mergeNames(a.undeclared, b.undeclared),
  };
}

function mergeRoutes(a: CallPrices['routes'], b: CallPrices['routes']): CallPrices['routes'] {
  const routes = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...routes].map((route) => [route, mergeUses(a[route], b[route])]));
}

const UNUSED: Readonly<RouteUse> = { calls: 0, cost: 0n, at: [] };

function mergeUses(a: Readonly<RouteUse> = UNUSED, b: Readonly<RouteUse> = UNUSED): RouteUse {
  return { ...addParts(a, b), at: mergeWitnesses(a.at, b.at) };
}

interface Part {
  readonly calls: number;
  readonly cost: bigint;
}

function addParts(a: Part, b: Part): { calls: number; cost: bigint } {
  return { calls: a.calls + b.calls, cost: a.cost + b.cost };
}

/** Sums of absurd costs pass the largest safe integer, where floats have gaps; it stands for them. */
export function asInteger(nanoUsd: number): bigint {
  return BigInt(Math.min(nanoUsd, Number.MAX_SAFE_INTEGER));
}

function nameOf(call: ModelCall | Embedding): string {
  return (call.type === 'embedding' ? call.model : (call.servedModel ?? call.requestedModel)) ?? '';
}
