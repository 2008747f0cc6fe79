import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import check from './stall.ts';

const cases = drillCases(['header-stall', 'stream-stall', 'stream-stall-keepalive']);

testCheck(check, {
  pass: [cases.endedWell],
  fail: [cases.wrongAnswer, cases.hangs, cases.endedAsFailed],
  inconclusive: cases.unproved,
});
