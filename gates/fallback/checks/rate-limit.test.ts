import type { CheckContext } from '../../../src/contract/check.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillPlan, aDrillRun, drillsOf, someDrills } from '../../../src/dev/testing/drills.ts';
import check from './rate-limit.ts';

const FAULTS = ['rate-limit-429', 'rate-limit-hostile'];
const LIMITS = { runs: 3 };
const context = (drills: CheckContext['drills'], faults = FAULTS) => ({ plan: aDrillPlan(faults), drills });
const worseLast = (worse: Parameters<typeof aDrillRun>[0]) => [
  ...drillsOf(FAULTS, 3, {}).runs,
  aDrillRun({ ...worse, fault: FAULTS[0] ?? '' }),
];

testCheck(check, {
  pass: [
    {
      name: 'each fault met three times, all ended well',
      seen: {},
      limits: LIMITS,
      context: context(drillsOf(FAULTS, 3, {})),
      says: `0 of ${FAULTS.length * 3} runs`,
    },
  ],
  fail: [
    {
      name: 'a wrong answer is presented as success',
      seen: {},
      limits: LIMITS,
      context: context(someDrills(worseLast({ isExpected: false }))),
      says: 'failed-unsafe',
    },
    {
      name: 'one hangs',
      seen: {},
      limits: LIMITS,
      context: context(someDrills(worseLast({ ending: 'timed-out', answer: undefined }))),
      says: 'hung after',
    },
    {
      name: 'one ends as failed',
      seen: {},
      limits: LIMITS,
      context: context(someDrills(worseLast({ ending: 'failed', answer: undefined, exit: '1' }))),
      says: 'failed-safe after',
    },
  ],
  inconclusive: [
    {
      name: 'two runs of each fault',
      seen: {},
      limits: LIMITS,
      context: context(drillsOf(FAULTS, 2, {})),
      says: '2 of 3 runs met',
    },
    {
      name: 'no drill ran',
      seen: {},
      limits: LIMITS,
      context: context(someDrills([], { stopped: 'the budget of calls' })),
      says: 'drills were left out',
    },
    {
      name: 'none of its faults was planned',
      seen: {},
      limits: LIMITS,
      context: context(someDrills([]), ['no-usage']),
      says: 'not drilled',
    },
    {
      name: 'no request met the fault',
      seen: {},
      limits: LIMITS,
      context: context(drillsOf(FAULTS, 3, { attempts: [] })),
      says: '0 of 3 runs met',
    },
    {
      name: 'traffic around the proxy',
      seen: {},
      limits: LIMITS,
      context: context({ ...drillsOf(FAULTS, 3, {}), bypasses: [{ host: 'api.openai.com', count: 2 }] }),
      says: 'api.openai.com (2)',
    },
    {
      name: 'answers that nothing is expected of',
      seen: {},
      limits: LIMITS,
      context: context(drillsOf(FAULTS, 3, { isExpected: undefined })),
      says: 'cannot be told',
    },
  ],
});
