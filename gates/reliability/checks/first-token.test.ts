import type { LimitValues } from '../../../src/contract/limit.ts';
import { aModelCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import firstTokens from '../measures/first-tokens.ts';
import check from './first-token.ts';

type Limits = LimitValues<typeof check.limits>;
const NONE: Limits = { p50: undefined, p90: undefined, p95: undefined, p99: undefined };
const p95: Limits = { ...NONE, p95: 1_500 };

/** Runs of one streamed call each; undefined = it was not streamed. */
const waiting = (n: number, firstTokenMs: (index: number) => number | undefined) => ({
  waits: measured(
    firstTokens,
    runs(n, (i) => ({ steps: [aModelCall({ firstTokenMs: firstTokenMs(i) })] })),
  ),
});

testCheck(check, {
  pass: [
    {
      name: '59 runs of which the slowest is at the limit',
      seen: waiting(59, (i) => 1_500 - i),
      limits: p95,
      says: 'p95 of the wait for the first part is at most 1,500 ms',
    },
  ],
  fail: [
    {
      name: 'significantly more than 5 % of the runs wait longer',
      seen: waiting(60, (i) => (i < 8 ? 1_501 + i : 100 + i)),
      limits: p95,
      says: 'p95 of the wait for the first part is at least 1,50',
    },
    {
      name: 'every one of ten runs is over, too few for a pass',
      seen: waiting(10, (i) => 1_501 + i),
      limits: p95,
      says: 'is at least',
    },
  ],
  inconclusive: [
    { name: 'no percentile is limited', seen: waiting(60, (i) => i), limits: NONE, says: 'at least one of p50, p90' },
    {
      name: '58 runs bound no p95',
      seen: waiting(58, (i) => 100 + i),
      limits: p95,
      says: 'at least 59 runs are needed',
    },
    {
      name: 'the upper bound is just over the limit',
      seen: waiting(59, (i) => 1_500.001 - i),
      limits: p95,
      says: 'may be as high as 1,500.001 ms',
    },
    {
      name: 'one run streams nothing',
      seen: waiting(60, (i) => (i === 7 ? undefined : 100 + i)),
      limits: p95,
      says: 'no first part of an answer is recorded for 1 of 60 runs',
    },
    {
      name: 'no run streams anything, which is not a wait of zero',
      seen: waiting(60, () => undefined),
      limits: p95,
      says: '60 of 60 runs',
    },
    {
      name: 'every wait is the same',
      seen: waiting(60, () => 100),
      limits: p95,
      says: 'all durations are equal: placeholder times',
    },
  ],
});
