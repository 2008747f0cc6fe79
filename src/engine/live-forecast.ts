import type { Plan } from '../contract/plan.ts';
import type { LiveForecast } from '../contract/plan-preview.ts';
import type { PriceLookup } from '../contract/prices.ts';
import { priceUsage } from '../contract/pricing/price-usage.ts';
import { NANO_USD_PER_USD, round12 } from '../contract/units.ts';
import type { RunCounts } from './run-counts.ts';

/** Runs that a live execution is to make. */
export interface LiveRuns {
  readonly healthy: number;
  readonly drilled: number;
  /** Arrivals of the load. */
  readonly loaded: number;
  /** Runs whose tool is taken back. */
  readonly undone: number;
  /** Runs of the stop drill, those without the command among them. */
  readonly stopped: number;
  /** Runs that are tempted to do what they must not. */
  readonly probed: number;
  /** Calls of the judge, one for each labelled item and each rule of an answer. */
  readonly judged: number;
}

interface Sources {
  readonly plan: Plan;
  readonly counts: Pick<RunCounts, 'priced' | 'asked'>;
  readonly priceOf: PriceLookup;
  readonly runs: LiveRuns;
}

/** How many model calls live runs and drills will make and what they will cost; undefined = nothing is run live. Pure. */
export function forecastLive({ plan, counts, priceOf, runs }: Sources): LiveForecast | undefined {
  const { live } = plan;
  if (live === undefined) return undefined;
  const made = runs.healthy + runs.drilled + runs.loaded + runs.undone + runs.stopped + runs.probed;
  const ofRun = callsOfRun({ plan, counts });
  const expected = ofRun && made * ofRun.calls;
  const mostOfRun = mostCallsOfRun(plan);
  const most = mostOfRun && made * mostOfRun;
  const perCall = live.upstream.type !== 'live' ? 0 : usdOfCall({ plan, counts, priceOf });
  const usdOf = (calls: number | undefined) =>
    calls === undefined || perCall === undefined ? undefined : calls * perCall;
  return {
    upstream: live.upstream.type,
    ...runs,
    basis: ofRun?.basis,
    callsPerRun: ofRun && round12(ofRun.calls),
    calls: bounds(expected, most, Math.ceil),
    usd: bounds(usdOf(expected), usdOf(most), round12),
    budget: live.budget,
  };
}

function bounds(expected: number | undefined, most: number | undefined, round: (value: number) => number) {
  if (expected === undefined) return undefined;
  return { expected: round(expected), most: most === undefined ? undefined : round(Math.max(expected, most)) };
}

function callsOfRun({ plan, counts }: Pick<Sources, 'plan' | 'counts'>) {
  if (plan.live?.target.type === 'prompt') return { calls: 1, basis: 'prompt' as const };
  const { runs, calls } = counts.asked;
  if (runs > 0) return { calls: calls / runs, basis: 'recorded' as const };
  const { modelCalls } = plan.caps;
  return modelCalls === undefined ? undefined : { calls: modelCalls, basis: 'cap' as const };
}

/** With each call that the workload's own code counts repeated as often as declared; undefined = the manifest bounds it not. */
function mostCallsOfRun({ caps, retries, live }: Plan): number | undefined {
  if (live?.target.type === 'prompt') return 1;
  if (caps.modelCalls === undefined || retries.model === undefined) return undefined;
  return caps.modelCalls * (1 + retries.model);
}

/** At the mean of what is recorded, else for a call at its declared caps; undefined = neither is known. */
function usdOfCall({ plan, counts, priceOf }: Omit<Sources, 'runs'>): number | undefined {
  const { priced } = counts;
  if (priced.calls > 0) return Number(priced.nanoUsd) / priced.calls / NANO_USD_PER_USD;
  const { inputTokens: input, outputTokens: output } = plan.caps;
  if (input === undefined || output === undefined) return undefined;
  const { provider, model } = plan.models.primary;
  const none = { cacheRead: undefined, cacheWrite: undefined, cacheWriteLong: undefined, reasoning: undefined };
  const call = { provider, requestedModel: model, servedModel: undefined, serviceTier: undefined, error: undefined };
  const sources = { priceOf, pricing: plan.pricing, date: plan.evaluatedAt.slice(0, 10) };
  const { costNanoUsd } = priceUsage({ ...none, input, output }, call, sources);
  return costNanoUsd === undefined ? undefined : costNanoUsd / NANO_USD_PER_USD;
}
