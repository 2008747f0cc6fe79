import type { EvidenceRef } from '../../src/contract/evidence.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import type { Conversation } from './conversations.ts';

/** How the runs of one scenario grow. */
export interface GrowthSample {
  runs: number;
  /** Last input over first input of the steepest conversation of a run, in millionths; runs without one are absent. */
  distribution: Distribution;
  /** Runs with a conversation whose inputs are not all known, or without a model call. */
  unknown: number;
  steepest: Witness[];
  unknownAt: Witness[];
}

export function emptyGrowth(): GrowthSample {
  return { runs: 0, distribution: emptyDistribution(), unknown: 0, steepest: [], unknownAt: [] };
}

const MILLIONTHS = 1e6;

/** Adds the growth of one run in place. */
export function addGrowth(into: GrowthSample, factor: number, ref: EvidenceRef): void {
  const growth = Math.min(Math.round(factor * MILLIONTHS), Number.MAX_SAFE_INTEGER);
  addValue(into.distribution, growth);
  keepWitness(into.steepest, { value: growth, ref });
}

export function toFactor(growth: number): number {
  return growth / MILLIONTHS;
}

export function mergeGrowth(a: GrowthSample, b: GrowthSample): GrowthSample {
  return {
    runs: a.runs + b.runs,
    distribution: mergeDistributions(a.distribution, b.distribution),
    unknown: a.unknown + b.unknown,
    steepest: mergeWitnesses(a.steepest, b.steepest),
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
  };
}

/** Sums over conversations, in tokens. */
export interface InputTotals {
  sent: bigint;
  /** The largest input of each conversation. */
  largest: bigint;
  /** Read from a cache, and sent, in conversations that record cache reads. */
  cacheRead: bigint;
  sentWithCacheCounts: bigint;
  /** By declared model, as its route. */
  routes: Record<string, RouteGrowth>;
}

/** Sums over the conversations with one model. */
export interface RouteGrowth {
  conversations: number;
  /** First inputs, and how much the last ones are above them, which may be below 0. */
  first: bigint;
  added: bigint;
  /** Calls after the first. */
  steps: number;
}

const NO_GROWTH: Readonly<RouteGrowth> = { conversations: 0, first: 0n, added: 0n, steps: 0 };

export function emptyInputs(): InputTotals {
  return { sent: 0n, largest: 0n, cacheRead: 0n, sentWithCacheCounts: 0n, routes: {} };
}

/** Adds one conversation in place. */
export function addInputs(into: InputTotals, conversation: Conversation): void {
  const sent = asInteger(conversation.sent);
  into.sent += sent;
  into.largest += asInteger(conversation.largest);
  if (conversation.hasCacheCounts) {
    into.cacheRead += asInteger(conversation.cacheRead);
    into.sentWithCacheCounts += sent;
  }
  if (conversation.route === 'undeclared' || conversation.route === 'not-recorded') return;
  const { [conversation.route]: route = { ...NO_GROWTH } } = into.routes;
  into.routes[conversation.route] = route;
  route.conversations += 1;
  route.first += asInteger(conversation.first);
  route.added += asInteger(conversation.last) - asInteger(conversation.first);
  route.steps += conversation.calls - 1;
}

export function mergeInputs(a: InputTotals, b: InputTotals): InputTotals {
  const names = new Set([...Object.keys(a.routes), ...Object.keys(b.routes)]);
  return {
    sent: a.sent + b.sent,
    largest: a.largest + b.largest,
    cacheRead: a.cacheRead + b.cacheRead,
    sentWithCacheCounts: a.sentWithCacheCounts + b.sentWithCacheCounts,
    routes: Object.fromEntries([...names].map((name) => [name, mergeRoutes(a.routes[name], b.routes[name])])),
  };
}

function mergeRoutes(a: Readonly<RouteGrowth> = NO_GROWTH, b: Readonly<RouteGrowth> = NO_GROWTH): RouteGrowth {
  return {
    conversations: a.conversations + b.conversations,
    first: a.first + b.first,
    added: a.added + b.added,
    steps: a.steps + b.steps,
  };
}

/** Sums of absurd counts pass the largest safe integer, where floats have gaps; it stands for them. */
function asInteger(tokens: number): bigint {
  return BigInt(Math.min(tokens, Number.MAX_SAFE_INTEGER));
}
