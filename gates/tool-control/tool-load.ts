import { parsedArguments } from '../../src/contract/argument-path.ts';
import { placeOf } from '../../src/contract/name-counts.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import type { ToolLimits } from '../../src/contract/tool-policy.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { argumentValue } from './call-arguments.ts';
import { microUnits } from './micro-units.ts';

/** What was asked of one tool. Amounts in millionths. */
export interface ToolLoad {
  calls: number;
  /** Most calls, and the largest sum, in one run. */
  perRun: number;
  spentPerRun: bigint;
  /** Calls by clock hour, `2026-11-16T12`, and sums by day, `2026-11-16`, ascending, at most `MOST_BUCKETS`. */
  hours: Buckets;
  days: Buckets;
  /** Calls without a time, and calls without a readable amount. */
  untimed: number;
  unread: number;
  /** Most calls first; largest sum first, in whole units. */
  witnesses: Record<'calls' | 'spent' | 'unknown', Witness[]>;
}

type Buckets = [key: string, sum: bigint][];

/** More than a year of hours; of longer recordings the latest are kept. */
export const MOST_BUCKETS = 10_000;

/** The load of a tool that nobody called. */
export function emptyLoad(): ToolLoad {
  return {
    calls: 0,
    perRun: 0,
    spentPerRun: 0n,
    hours: [],
    days: [],
    untimed: 0,
    unread: 0,
    witnesses: { calls: [], spent: [], unknown: [] },
  };
}

interface Added {
  readonly run: Run;
  readonly calls: readonly ToolCall[];
  readonly limits: ToolLimits;
}

/**
 * Adds the calls of a run in place. One that failed counts: nobody knows whether it was done. Hours and days are those of
 * recorded traffic; runs that aigate makes itself come at its own pace.
 */
export function addRun(load: ToolLoad, { run, calls, limits: { spend } }: Added): void {
  load.calls += calls.length;
  load.perRun = Math.max(load.perRun, calls.length);
  keepWitness(load.witnesses.calls, { value: calls.length, ref: run.ref });
  const isTraffic = run.kind === 'recorded' || run.kind === 'declared';
  let spent = 0n;
  for (const call of calls) {
    const amount = spend === undefined ? 0n : microUnits(argumentValue(parsedArguments(call.args) ?? {}, spend.arg));
    const time = call.startMs === undefined ? undefined : new Date(call.startMs).toISOString();
    if (amount === undefined) load.unread += 1;
    if (time === undefined && isTraffic) load.untimed += 1;
    if (amount === undefined || time === undefined) keepWitness(load.witnesses.unknown, { value: 1, ref: call.ref });
    spent += amount ?? 0n;
    if (time === undefined || !isTraffic) continue;
    addTo(load.hours, time.slice(0, 13), 1n);
    addTo(load.days, time.slice(0, 10), amount ?? 0n);
  }
  if (spent > load.spentPerRun) load.spentPerRun = spent;
  if (spent > 0n) keepWitness(load.witnesses.spent, { value: Number(spent / 1_000_000n), ref: run.ref });
}

/** What one pass over both gives; changes neither. */
export function mergeLoads(a: ToolLoad, b: ToolLoad): ToolLoad {
  return {
    calls: a.calls + b.calls,
    perRun: Math.max(a.perRun, b.perRun),
    spentPerRun: a.spentPerRun > b.spentPerRun ? a.spentPerRun : b.spentPerRun,
    hours: mergeBuckets(a.hours, b.hours),
    days: mergeBuckets(a.days, b.days),
    untimed: a.untimed + b.untimed,
    unread: a.unread + b.unread,
    witnesses: {
      calls: mergeWitnesses(a.witnesses.calls, b.witnesses.calls),
      spent: mergeWitnesses(a.witnesses.spent, b.witnesses.spent),
      unknown: mergeWitnesses(a.witnesses.unknown, b.witnesses.unknown),
    },
  };
}

function mergeBuckets(a: Buckets, b: Buckets): Buckets {
  const buckets = a.map(([key, sum]): [string, bigint] => [key, sum]);
  for (const [key, sum] of b) addTo(buckets, key, sum);
  return buckets;
}

function addTo(buckets: Buckets, key: string, sum: bigint): void {
  const place = placeOf(buckets, key);
  const known = buckets[place];
  if (known?.[0] === key) known[1] += sum;
  else buckets.splice(place, 0, [key, sum]);
  if (buckets.length > MOST_BUCKETS) buckets.shift();
}
