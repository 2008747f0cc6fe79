import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import { aDrillPlan, anAnsweredAttempt, drillsOf, someDrills } from '../../../src/dev/testing/drills.ts';
import check from './stall.ts';

const cases = drillCases(['header-stall', 'stream-stall', 'stream-stall-keepalive']);

testCheck(check, {
  pass: [
    cases.endedWell,
    cases.example(
      'a workload that streams nothing cannot meet a fault of streams',
      {
        plan: aDrillPlan(['header-stall', 'stream-stall']),
        drills: someDrills([
          ...drillsOf(['header-stall'], 3).runs,
          ...drillsOf(['stream-stall'], 3, { faulted: 0, attempts: [anAnsweredAttempt({ route: 'primary' })] }).runs,
        ]),
      },
      'nothing that was asked for can have it: stream-stall',
    ),
  ],
  fail: [cases.wrongAnswer, cases.hangs, cases.endedAsFailed],
  inconclusive: cases.unproved,
});
