import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillAttempt, aDrillPlan, anAnsweredAttempt, drillsOf, someDrills } from '../../../src/dev/testing/drills.ts';
import check from './retry-storms.ts';

const FAULTS = ['overloaded-529'];
const plan = aDrillPlan(FAULTS);
const LIMITS = { runs: 3, amplification: 3 };
const asked = (n: number) => ({
  attempts: [
    ...Array.from({ length: n }, (_, i) => aDrillAttempt({ atMs: i * 500, sdkRetry: i })),
    anAnsweredAttempt({ atMs: n * 500 }),
  ],
});

testCheck(check, {
  pass: [
    {
      name: 'three attempts, then the fallback',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 3, asked(3)) },
      says: 'at most 3 attempts for each logical call at one model in 3 runs, limit 3',
    },
    {
      name: 'a loop of calls that each switch at once',
      seen: {},
      limits: LIMITS,
      context: {
        plan,
        drills: drillsOf(FAULTS, 3, {
          attempts: Array.from({ length: 12 }, (_, i) => [
            aDrillAttempt({ atMs: i * 2_000 }),
            anAnsweredAttempt({ atMs: i * 2_000 + 500 }),
          ]).flat(),
        }),
      },
      says: 'at most 1 attempts',
    },
  ],
  fail: [
    {
      name: 'one run of four makes four attempts',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: someDrills([...drillsOf(FAULTS, 3, asked(3)).runs, asked(4)]) },
      says: '1 of 4 runs asked a model more than 3 times for each logical call, up to 4',
    },
    {
      name: 'more than ten attempts where many are allowed',
      seen: {},
      limits: { runs: 3, amplification: 20 },
      context: { plan, drills: drillsOf(FAULTS, 3, asked(11)) },
      says: 'made more than 10 attempts',
    },
  ],
  inconclusive: [
    {
      name: 'two runs',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 2, asked(3)) },
      says: '2 of 3 runs met',
    },
    {
      name: 'no request met a fault',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: drillsOf(FAULTS, 3, { attempts: [] }) },
      says: '0 of 3 runs met',
    },
  ],
});
