import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import check from './provider-outage.ts';

const cases = drillCases(['overloaded-529', 'model-gone']);

testCheck(check, {
  pass: [cases.endedWell],
  fail: [cases.wrongAnswer, cases.hangs, cases.endedAsFailed, cases.leakedKey],
  inconclusive: cases.unproved,
});
