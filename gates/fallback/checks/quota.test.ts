import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillAttempt, aDrillPlan, anAnsweredAttempt, drillsOf, someDrills } from '../../../src/dev/testing/drills.ts';
import check from './quota.ts';

const FAULTS = ['quota-exhausted'];
const plan = aDrillPlan(FAULTS);
const LIMITS = { runs: 3, repeats: 0 };
const again = {
  attempts: [aDrillAttempt(), aDrillAttempt({ atMs: 500, sdkRetry: 1 }), anAnsweredAttempt({ atMs: 1_000 })],
};

testCheck(check, {
  pass: [
    {
      name: 'asked once, then elsewhere',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 3) },
      says: '3 switched',
    },
    {
      name: 'one repetition where one is allowed',
      seen: {},
      limits: { runs: 3, repeats: 1 },
      context: { plan, drills: drillsOf(FAULTS, 3, again) },
      says: '3 switched',
    },
  ],
  fail: [
    {
      name: 'one run of four repeats it once',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: someDrills([...drillsOf(FAULTS, 3).runs, { fault: 'quota-exhausted', ...again }]) },
      says: '1 of 4 runs repeated a refused request, up to 1 time, limit 0',
    },
    {
      name: 'it hangs',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 3, { ending: 'timed-out' }) },
      says: 'hung',
    },
  ],
  inconclusive: [
    {
      name: 'two runs',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 2) },
      says: '2 of 3 runs met',
    },
  ],
});
