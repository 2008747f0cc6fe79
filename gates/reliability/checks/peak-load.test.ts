import type { LimitValues } from '../../../src/contract/limit.ts';
import type { Run } from '../../../src/contract/run.ts';
import { aPlan, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import loadRuns from '../measures/load-runs.ts';
import check from './peak-load.ts';

type Limits = LimitValues<typeof check.limits>;
const limits: Limits = { p50: undefined, p90: undefined, p95: 8_000, p99: undefined, rate: 0.95 };
const plan = aPlan({ peakPerSecond: 3, timeouts: { modelMs: undefined, toolMs: undefined, runMs: 60_000 } });
const context = { plan };

/** Arrivals `everyMs` apart; `make` may vary them by index. */
const load = (n: number, everyMs: number, make: (index: number) => Partial<Run> = () => ({})) => ({
  load: measured(
    loadRuns,
    runs(n, (i) => ({ load: 'arrival', startMs: 1_000_000 + i * everyMs, durationMs: 2_000 + i, ...make(i) })),
    plan,
  ),
});
const dropped: Partial<Run> = { load: 'dropped', durationMs: undefined, outcome: 'failure', steps: [] };

testCheck(check, {
  pass: [
    {
      name: 'as many a second as declared, the slowest at the limit, none turned away',
      seen: load(60, 1_000 / 3, (i) => ({ durationMs: 8_000 - i })),
      limits,
      context,
      says: '60 arrivals at 3 a second, none turned away',
    },
    {
      name: 'a few turned away, which are within the limits',
      seen: load(200, 200, (i) => (i < 2 ? dropped : {})),
      limits,
      context,
      says: '200 arrivals at 5 a second, 2 turned away',
    },
  ],
  fail: [
    {
      name: 'the wait of the slow arrivals is significantly over the limit',
      seen: load(60, 333, (i) => ({ durationMs: i < 8 ? 8_001 + i : 2_000 + i })),
      limits,
      context,
      says: 'p95 is at least 8,0',
    },
    {
      name: 'too many end badly, however fast',
      seen: load(60, 333, (i) => ({ outcome: i < 12 ? 'failure' : 'success' })),
      limits,
      context,
      says: '48 of 60 runs ended well',
    },
    {
      name: 'who is turned away fails and has waited as long as a run may take',
      seen: load(60, 333, (i) => (i < 12 ? dropped : {})),
      limits,
      context,
      says: '12 turned away',
    },
    {
      name: 'slow below the peak is slow',
      seen: load(60, 2_000, (i) => ({ durationMs: 9_000 + i })),
      limits,
      context,
      says: '60 arrivals at 0.5 a second',
    },
  ],
  inconclusive: [
    {
      name: 'arrivals just below the declared peak',
      seen: load(60, 333.5),
      limits,
      context,
      says: '60 arrivals at 2.999 a second, none turned away, and the declared peak is 3 a second',
    },
    {
      name: 'no peak is declared',
      seen: load(60, 333),
      limits,
      context: { plan: { ...plan, peakPerSecond: undefined } },
      says: 'traffic.peakPerSecond is not declared',
    },
    { name: 'too few arrivals', seen: load(58, 333), limits, context, says: 'at least 59 runs are needed' },
    {
      name: 'no percentile is limited',
      seen: load(60, 333),
      limits: { ...limits, p95: undefined },
      context,
      says: 'at least one of p50, p90',
    },
    {
      name: 'the time of one arrival is not recorded',
      seen: load(60, 333, (i) => (i === 5 ? { startMs: undefined } : {})),
      limits,
      context,
      says: 'at a rate that is not recorded',
    },
    {
      name: 'one run has no duration',
      seen: load(60, 333, (i) => (i === 5 ? { durationMs: undefined } : {})),
      limits,
      context,
      says: 'no duration is recorded for 1 of 60 runs',
    },
  ],
});
