import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { drillCases } from '../../../src/dev/testing/drill-cases.ts';
import check from './safe-stop.ts';

const cases = drillCases(['overloaded-529', 'stream-stall'], { foreign: 'unheard-of' });

testCheck(check, {
  pass: [
    cases.endedWell,
    cases.example(
      'a run that hangs does nothing wrong',
      cases.every({ ending: 'timed-out', answer: undefined }),
      '6 hung',
    ),
  ],
  fail: [cases.wrongAnswer, cases.leakedKey, cases.brokenWrite],
  inconclusive: cases.unproved,
});
