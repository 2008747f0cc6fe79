import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import check from './bad-answer.ts';

const cases = drillCases(['stream-truncate-clean', 'empty-choices']);

testCheck(check, {
  pass: [cases.endedWell, cases.stopped],
  fail: [cases.wrongAnswer, cases.hangs, cases.brokenWrite],
  inconclusive: cases.unproved,
});
