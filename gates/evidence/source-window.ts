import type { CheckResult } from '../../src/contract/check.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatNumber, type Measurement } from '../../src/contract/units.ts';
import { UNSEEN_TIMES } from '../../src/contract/unseen-times.ts';
import { type Witness, witnessesOf } from '../../src/contract/witness.ts';
import { DAY_MS, inDays, showInstant } from './instants.ts';
import type { ReadSource } from './read-source.ts';

/** A date names no zone: somewhere a day begins as early as this before UTC, and elsewhere it ends as late after it. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;
const LATEST_ZONE_MS = 12 * 3_600_000;

/** What keeps the runs of one source from being those of its declared window. */
export function windowIssues(of: ReadSource, plan: Plan): CheckResult[] {
  const { source, index, read, times } = of;
  if (source.window === undefined) return withoutWindow(of, plan);
  const [from, to] = source.window;
  const fromMs = Date.parse(`${from}T00:00:00Z`) - EARLIEST_ZONE_MS;
  const lastMs = Date.parse(`${to}T00:00:00Z`) + DAY_MS + LATEST_ZONE_MS - 1;
  const name = `${showName(source.recording)} (${from} to ${to})`;
  const issues: CheckResult[] = [];
  const aheadMs = Date.parse(`${to}T00:00:00Z`) - EARLIEST_ZONE_MS - Date.parse(plan.evaluatedAt);
  if (aheadMs > 0) {
    const message = `the last day of ${name} begins after the evaluation at ${plan.evaluatedAt}`;
    const evidence = [manifestRef(plan, pointerOf('sources', index, 'window'))] as const;
    issues.push({ outcome: 'fail', measured: inDays(aheadMs), limit: NO_DAYS, n: read.runs, message, evidence });
  }
  const { first = [], last = [], untimed = 0, runs = 0 } = times ?? {};
  const early = first.filter(({ value }) => -value < fromMs);
  const late = last.filter(({ value }) => value > lastMs);
  const outside = { name, n: runs };
  if (early[0] !== undefined) issues.push(beyond(early, { ...outside, distanceMs: fromMs + early[0].value }));
  if (late[0] !== undefined) issues.push(beyond(late, { ...outside, distanceMs: late[0].value - lastMs }));
  if (untimed > 0) {
    const message = `${formatNumber(untimed)} of ${quantity(runs, 'run')} in ${name} have no recorded start, so whether the window holds them is not known`;
    issues.push({ outcome: 'inconclusive', n: runs, message, missing: UNSEEN_TIMES, evidence: [] });
  }
  return issues;
}

const NO_DAYS: Measurement = { value: 0, unit: 'days' };

/** Only production recordings in production need one: tests and drills are runs of their own, not a part of the traffic. */
function withoutWindow({ source, read }: ReadSource, { workload }: Plan): CheckResult[] {
  if (source.origin !== 'production' || workload.lane !== 'production') return [];
  const message = `from when to when ${showName(source.recording)} was recorded is not declared`;
  const missing = {
    input: 'the window of every production source',
    remedy: 'Declare window: FROM/TO for every source of origin production: its first and last day.',
  };
  return [{ outcome: 'inconclusive', n: read.runs, message, missing, evidence: [] }];
}

interface Outside {
  readonly name: string;
  /** How far outside the window the farthest run began. */
  readonly distanceMs: number;
  readonly n: number;
}

function beyond(runs: readonly Witness[], { name, distanceMs, n }: Outside): CheckResult {
  const [farthest] = runs;
  const began = showInstant(Math.abs(farthest?.value ?? 0));
  const message = `a run in ${name} began at ${began}, outside the window in every time zone`;
  return { outcome: 'fail', measured: inDays(distanceMs), limit: NO_DAYS, n, message, evidence: witnessesOf(runs) };
}
