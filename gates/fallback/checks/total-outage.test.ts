import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import check from './total-outage.ts';

const cases = drillCases(['outage-all'], { good: { saysHandedOff: true } });

testCheck(check, {
  pass: [cases.endedWell, cases.stopped],
  fail: [
    cases.wrongAnswer,
    cases.hangs,
    cases.example('a fallback is said to have answered in a total outage', cases.worseLast({}), 'switched after'),
  ],
  inconclusive: cases.unproved,
});
