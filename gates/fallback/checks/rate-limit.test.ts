import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import check from './rate-limit.ts';

const cases = drillCases(['rate-limit-429', 'rate-limit-hostile']);

testCheck(check, {
  pass: [cases.endedWell],
  fail: [cases.wrongAnswer, cases.hangs, cases.endedAsFailed],
  inconclusive: cases.unproved,
});
