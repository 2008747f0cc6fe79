import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillAttempt, aDrillPlan, anAnsweredAttempt, drillsOf, someDrills } from '../../../src/dev/testing/drills.ts';
import check from './recovery.ts';

const FAULTS = ['recovery'];
const plan = aDrillPlan(FAULTS);
const LIMITS = { runs: 3 };
const elsewhere = { attempts: [aDrillAttempt({ route: 'fallback/0' }), anAnsweredAttempt({ route: 'primary' })] };
const back = { attempts: [aDrillAttempt(), anAnsweredAttempt(), anAnsweredAttempt({ route: 'primary', atMs: 2_000 })] };

testCheck(check, {
  pass: [
    {
      name: 'the primary answers again',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 3, back) },
      says: 'the primary answered again in all of them',
    },
  ],
  fail: [
    {
      name: 'it ends as failed',
      seen: {},
      limits: LIMITS,
      context: {
        plan,
        drills: someDrills([...drillsOf(FAULTS, 3, back).runs, { fault: 'recovery', ending: 'failed' }]),
      },
      says: 'failed-safe',
    },
  ],
  inconclusive: [
    {
      name: 'two runs',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 2, back) },
      says: '2 of 3 runs met',
    },
    {
      name: 'one run stays on the fallback',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: someDrills([...drillsOf(FAULTS, 2, back).runs, { fault: 'recovery' }]) },
      says: 'in 1 of 3 runs the primary gave no answer',
    },
    {
      name: 'the primary was never out',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 3, elsewhere) },
      says: 'in 3 of 3 runs',
    },
    {
      name: 'it was not drilled',
      seen: {},
      limits: LIMITS,
      context: { plan: aDrillPlan(['stream-stall']), drills: someDrills([]) },
      says: 'not drilled: recovery',
    },
  ],
});
