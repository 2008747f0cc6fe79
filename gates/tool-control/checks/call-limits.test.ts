import type { Plan } from '../../../src/contract/plan.ts';
import type { ToolCall } from '../../../src/contract/run.ts';
import type { ToolLimits } from '../../../src/contract/tool-policy.ts';
import { aPlan, aRef, aSource, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import toolLoads from '../measures/tool-loads.ts';
import check from './call-limits.ts';

const NOON = Date.parse('2026-11-16T12:00:00Z');
const HOUR = 3_600_000;
const limits = { breaches: 0 };
const LINES = {
  '': 1,
  '/tools/pay/limits/perRun': 7,
  '/tools/pay/limits/perHour': 8,
  '/tools/pay/limits/spend/perDay': 9,
};

/** Runs with two calls each, every run an hour after the one before. */
const over = (declared: ToolLimits, make: (run: number) => Partial<ToolCall>, overrides: Partial<Plan> = {}) => {
  const plan = aPlan({
    tools: { pay: { effect: 'irreversible', approve: 'always', limits: declared } },
    manifestLines: LINES,
    ...overrides,
  });
  const list = runs(4, (i) => ({
    steps: [0, 1].map((n) =>
      aToolCall({
        tool: 'pay',
        args: '{"amount":10.1}',
        startMs: NOON + i * HOUR + n,
        ref: aRef(50 + 2 * i + n),
        ...make(i),
      }),
    ),
  }));
  return { seen: { toolLoads: measured(toolLoads, list, plan) }, limits, context: { plan } };
};
const spend = { arg: 'amount' };

testCheck(check, {
  pass: [
    {
      name: 'as many in a run as the limit',
      ...over({ perRun: 2 }, () => ({})),
      says: 'pay: 2 calls in a run, limit 2',
    },
    {
      name: 'as many in an hour',
      ...over({ perHour: 2 }, () => ({})),
      says: '2 calls in the hour of 2026-11-16T12 UTC',
    },
    { name: 'as much in a run', ...over({ spend: { ...spend, perRun: 20.2 } }, () => ({})), says: '20.2 in amount' },
    { name: 'as much on a day', ...over({ spend: { ...spend, perDay: 80.8 } }, () => ({})), says: '80.8 in amount on' },
    {
      name: 'a limit of a run needs no complete recording',
      ...over({ perRun: 2 }, () => ({}), { sources: [aSource({ sampling: 'head' })] }),
      says: '8 calls within',
    },
    {
      name: 'as many breaches as are accepted',
      ...over({ perRun: 1 }, () => ({})),
      limits: { breaches: 1 },
      says: 'limit 1',
    },
  ],
  fail: [
    {
      name: 'one more in a run',
      ...over({ perRun: 1 }, () => ({})),
      says: '1 limit exceeded in 8 calls: pay: 2 calls',
    },
    {
      name: 'one more in an hour',
      ...over({ perHour: 2 }, (i) => ({ startMs: NOON + (i > 1 ? HOUR : i) })),
      says: 'pay: 4',
    },
    { name: 'a cent more in a run', ...over({ spend: { ...spend, perRun: 20.19 } }, () => ({})), says: 'limit 20.19' },
    { name: 'a cent more on a day', ...over({ spend: { ...spend, perDay: 80.79 } }, () => ({})), says: 'limit 80.79' },
    {
      name: 'what is exceeded already needs no complete recording',
      ...over({ perHour: 1 }, () => ({}), { sources: [aSource({ sampling: 'unknown' })] }),
      says: 'in the hour of',
    },
    {
      name: 'a call that failed may have been done',
      ...over({ perRun: 1 }, () => ({ error: 'timeout' })),
      says: '2 calls in a run',
    },
  ],
  inconclusive: [
    { name: 'a call has no time', ...over({ perHour: 9 }, () => ({ startMs: undefined })), says: 'without a time' },
    {
      name: 'a call has no amount',
      ...over({ spend: { ...spend, perRun: 99 } }, () => ({ args: '{}' })),
      says: 'readable amount',
    },
    {
      name: 'its arguments are not recorded',
      ...over({ spend: { ...spend, perDay: 99 } }, () => ({ args: undefined })),
      says: 'amount',
    },
    {
      name: 'the recording may lack runs of the hour',
      ...over({ perHour: 9 }, () => ({}), { sources: [aSource({ sampling: 'unknown' })] }),
      says: '1 of 1 recording may not hold every run',
    },
    {
      name: 'no tool with limits is called',
      ...over({ perRun: 2 }, () => ({ tool: 'get' })),
      says: 'no call of a tool with limits in 4 runs',
    },
  ],
});
