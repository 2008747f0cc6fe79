/** What a live execution may use. A limit that is not there does not stop it. */
export interface Limits {
  /** Integer nano-USD, ≥ 0. */
  readonly nanoUsd?: bigint;
  /** Requests to a model provider, ≥ 0. */
  readonly calls?: number;
  /** ms of wall time, ≥ 0. */
  readonly wallMs?: number;
}

/** Money and calls, counted. */
export interface Totals {
  readonly nanoUsd: bigint;
  readonly calls: number;
}

/** The most that something may use. */
export interface Need {
  /** Undefined = no price is known; with a money limit that is too much. */
  readonly nanoUsd: bigint | undefined;
  readonly calls: number;
  /** ms of wall time; absent = not known, it may start as long as any time is left. */
  readonly wallMs?: number;
}

/**
 * Why something may not start: the limit, what it needs of it and what is left beside all that is spent and reserved.
 * `isFinal`: it would not fit either if everything that is running came back without having spent what it reserved.
 */
export type BudgetStop =
  | { readonly limit: 'money'; readonly need: bigint | undefined; readonly left: bigint; readonly isFinal: boolean }
  | { readonly limit: 'calls'; readonly need: number; readonly left: number; readonly isFinal: boolean }
  /** In ms. */
  | { readonly limit: 'time'; readonly need: number; readonly left: number; readonly isFinal: true };

interface Use {
  readonly need: Need;
  /** Spent and reserved. */
  readonly committed: Totals;
  readonly spent: Totals;
  readonly elapsedMs: number;
}

/** The first limit without room: time, calls, money. Undefined = there is room. Pure. */
export function limitWithoutRoom(limits: Limits, { need, committed, spent, elapsedMs }: Use): BudgetStop | undefined {
  const needMs = need.wallMs ?? 0;
  if (limits.wallMs !== undefined && (elapsedMs >= limits.wallMs || elapsedMs + needMs > limits.wallMs)) {
    return { limit: 'time', need: needMs, left: Math.max(0, limits.wallMs - elapsedMs), isFinal: true };
  }
  if (limits.calls !== undefined && committed.calls + need.calls > limits.calls) {
    const isFinal = spent.calls + need.calls > limits.calls;
    return { limit: 'calls', need: need.calls, left: Math.max(0, limits.calls - committed.calls), isFinal };
  }
  if (limits.nanoUsd === undefined) return undefined;
  const left = notBelowZero(limits.nanoUsd - committed.nanoUsd);
  if (need.nanoUsd === undefined) return { limit: 'money', need: undefined, left, isFinal: true };
  if (committed.nanoUsd + need.nanoUsd <= limits.nanoUsd) return undefined;
  return { limit: 'money', need: need.nanoUsd, left, isFinal: spent.nanoUsd + need.nanoUsd > limits.nanoUsd };
}

/** What is left of each limit after what was used, not below 0. Pure. */
export function leftOf(limits: Limits, used: Totals, elapsedMs: number): Limits {
  return {
    ...(limits.nanoUsd !== undefined && { nanoUsd: notBelowZero(limits.nanoUsd - used.nanoUsd) }),
    ...(limits.calls !== undefined && { calls: Math.max(0, limits.calls - used.calls) }),
    ...(limits.wallMs !== undefined && { wallMs: Math.max(0, limits.wallMs - elapsedMs) }),
  };
}

export const NOTHING: Totals = { nanoUsd: 0n, calls: 0 };

export function plus(a: Totals, b: Totals): Totals {
  return { nanoUsd: a.nanoUsd + b.nanoUsd, calls: a.calls + b.calls };
}

/** Each difference, not below 0. */
export function without(a: Totals, b: Totals): Totals {
  return { nanoUsd: notBelowZero(a.nanoUsd - b.nanoUsd), calls: Math.max(0, a.calls - b.calls) };
}

/** The larger of each. */
export function larger(a: Totals, b: Totals): Totals {
  return { nanoUsd: a.nanoUsd > b.nanoUsd ? a.nanoUsd : b.nanoUsd, calls: Math.max(a.calls, b.calls) };
}

function notBelowZero(value: bigint): bigint {
  return value > 0n ? value : 0n;
}
