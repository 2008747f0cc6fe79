import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import check from './silent-success.ts';

const cases = drillCases(['empty-choices', 'cut-by-length']);

testCheck(check, {
  pass: [cases.endedWell, cases.stopped],
  fail: [cases.wrongAnswer, cases.brokenWrite],
  inconclusive: cases.unproved,
});
