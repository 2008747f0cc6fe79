import type { Approval } from '../../../src/contract/run.ts';
import { anApproval, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import humanDecisions from '../measures/human-decisions.ts';
import check from './approval-burden.ts';

const limits = { medianMs: 2_000, unanimous: 49, perRun: 5, decisions: 10 };
const of = (count: number, make: (index: number) => Partial<Approval>) => {
  const list = runs(count, (i) => ({ steps: [anApproval({ durationMs: 2_000, ref: aRef(100 + i), ...make(i) })] }));
  return { seen: { humanDecisions: measured(humanDecisions, list) }, limits };
};
const asksOften = (times: number) =>
  Array.from({ length: times }, (_, i) => anApproval({ durationMs: 9_000, ref: aRef(i) }));
const often = (times: number) => ({
  seen: {
    humanDecisions: measured(
      humanDecisions,
      runs(2, () => ({ steps: asksOften(times) })),
    ),
  },
  limits,
});

testCheck(check, {
  pass: [
    {
      name: 'half of them take as long as the limit',
      ...of(10, () => ({})),
      says: 'people took 2,000 ms in the median',
    },
    { name: 'one less than half is quick', ...of(11, (i) => (i < 5 ? { durationMs: 100 } : {})), says: '2,000 ms' },
    { name: 'as many unanimous ones as the limit', ...of(49, () => ({})), says: '49 decisions in 49 runs' },
    { name: 'one of many is a no', ...of(60, (i) => (i === 7 ? { decision: 'reject' } : {})), says: 'let 59 through' },
    { name: 'a change is a look', ...of(60, (i) => (i === 7 ? { decision: 'modify' } : {})), says: 'let 59 through' },
    { name: 'as many a run as the limit', ...often(5), says: '10 decisions in 2 runs' },
  ],
  fail: [
    {
      name: 'half of them are quick',
      ...of(10, (i) => (i < 5 ? { durationMs: 1_999 } : {})),
      says: '1,999 ms or less',
    },
    { name: 'one more than the limit, all of them yes', ...of(50, () => ({})), says: 'all of 50 decisions' },
    { name: 'people are asked once more a run', ...often(6), says: 'people decide 6 times a run' },
  ],
  inconclusive: [
    { name: 'one timed decision too few', ...of(9, () => ({})), says: '9 decisions of people in 9 runs, at least 10' },
    {
      name: 'events have no duration, which is not a quick decision',
      ...of(12, () => ({ durationMs: 0 })),
      says: 'of 12 decisions of people only 0 are recorded with how long',
    },
    { name: 'spans have no end', ...of(12, () => ({ durationMs: undefined })), says: 'only 0' },
    { name: 'a policy is no person', ...of(60, () => ({ by: 'policy' })), says: '0 decisions of people' },
    {
      name: 'nobody was asked',
      seen: { humanDecisions: measured(humanDecisions, [aRun()]) },
      limits,
      says: '0 decisions of people in 1 run',
    },
  ],
});
