import type { Run } from '../../../src/contract/run.ts';
import { aRef, aRun, EVALUATED_AT } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runTimes from '../measures/run-times.ts';
import check from './recording-age.ts';

const limits = { days: 30 };
const nowMs = Date.parse(EVALUATED_AT);
const DAY_MS = 86_400_000;
const endedAt = (endMs: number, line = 1) => aRun({ ref: aRef(line), startMs: endMs - 2_000, durationMs: 2_000 });
const over = (...list: Run[]) => ({ seen: { runTimes: measured(runTimes, list) } });
const untimed = aRun({ startMs: undefined, ref: aRef(9) });

testCheck(check, {
  pass: [
    {
      name: 'the oldest is as old as allowed',
      ...over(endedAt(nowMs - 30 * DAY_MS), endedAt(nowMs, 2)),
      limits,
      says: 'the oldest of 2 runs ended 30 days before the evaluation',
    },
    { name: 'a clock runs five minutes ahead', ...over(endedAt(nowMs + 300_000)), limits, says: 'ended 0 days before' },
  ],
  fail: [
    {
      name: 'one run is a millisecond too old',
      ...over(endedAt(nowMs - 30 * DAY_MS - 1), endedAt(nowMs, 2)),
      limits,
      says: 'limit 30 days',
    },
    {
      name: 'a run is old and another has no time',
      ...over(endedAt(nowMs - 31 * DAY_MS), untimed),
      limits,
      says: 'the oldest of 2 runs ended 31 days',
    },
    {
      name: 'a run lies ahead of the evaluation',
      ...over(endedAt(nowMs + 300_001)),
      limits,
      says: 'after the evaluation at',
    },
    {
      name: 'a run lies beyond every calendar',
      ...over(aRun({ startMs: 1e300, durationMs: 0 })),
      limits,
      says: 'Unix time 1e+300 ms',
    },
    { name: 'a run is dated to the year 0', ...over(endedAt(0)), limits, says: 'days before the evaluation' },
  ],
  inconclusive: [
    {
      name: 'one run has no time',
      ...over(endedAt(nowMs), untimed),
      limits,
      says: '1 of 2 runs have no recorded time',
    },
    {
      name: 'one run is replayed, and its answers may be of any age',
      ...over(endedAt(nowMs), aRun({ kind: 'replayed', ref: aRef(8) })),
      limits,
      says: '1 of 2 runs have no recorded time of their own',
    },
    {
      name: 'the runs come from a list of messages, which has no times',
      ...over(aRun({ startMs: undefined, durationMs: 900 })),
      limits,
      says: '1 of 1 run have no recorded time of their own',
    },
    { name: 'no run has a time', ...over(untimed), limits, says: '1 of 1 run' },
  ],
});
