import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillPlan, drillsOf, someDrills } from '../../../src/dev/testing/drills.ts';
import check from './fallback-parity.ts';

const LIMITS = { runs: 3, rate: 0.8 };
const plan = aDrillPlan(['overloaded-529']);
const rejecting = aDrillPlan(['overloaded-529', 'fallback-rejects']);
const many = (n: number, run = {}) => drillsOf(['overloaded-529'], n, run);

testCheck(check, {
  pass: [
    {
      name: '14 answers without a miss',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: many(14) },
      says: 'proves at least 80.74 %',
    },
    {
      name: 'a rejected fallback hands over',
      seen: {},
      limits: LIMITS,
      context: {
        plan: rejecting,
        drills: someDrills([...many(14).runs, ...drillsOf(['fallback-rejects'], 3, { saysHandedOff: true }).runs]),
      },
      says: '3 handed-off',
    },
  ],
  fail: [
    {
      name: 'wrong answers',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: many(14, { isExpected: false }) },
      says: '0 of 14 runs',
    },
    {
      name: 'a rejected fallback ends the run',
      seen: {},
      limits: LIMITS,
      context: {
        plan: rejecting,
        drills: someDrills([...many(14).runs, ...drillsOf(['fallback-rejects'], 3, { ending: 'failed' }).runs]),
      },
      says: 'failed-safe',
    },
  ],
  inconclusive: [
    { name: '13 answers', seen: {}, limits: LIMITS, context: { plan, drills: many(13) }, says: '79.' },
    {
      name: 'no fallback answered',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: many(14, { saysHandedOff: true }) },
      says: 'no run of scenario summarize',
    },
    {
      name: 'nothing is expected',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: many(14, { isExpected: undefined }) },
      says: 'is not declared for 14 of 14 runs',
    },
    {
      name: 'the rejection is planned and did not run',
      seen: {},
      limits: LIMITS,
      context: { plan: rejecting, drills: many(14) },
      says: '0 of 3 runs met fallback-rejects',
    },
    {
      name: 'traffic around the proxy',
      seen: {},
      limits: LIMITS,
      context: { plan, drills: { ...many(14), bypasses: [{ host: 'h', count: 1 }] } },
      says: 'around the proxy',
    },
  ],
});
