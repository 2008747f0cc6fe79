import { aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './tool-loads.ts';

const NOON = Date.parse('2026-11-16T12:00:00Z');
const pay = { effect: 'irreversible', approve: 'always', limits: { spend: { arg: 'order.amount' } } } as const;
const plan = aPlan({ tools: { pay, get_case: { effect: 'read', approve: 'never' } } });
const call = (amount: unknown, startMs: number | undefined = NOON, line = 3) =>
  aToolCall({ tool: 'pay', args: JSON.stringify({ order: { amount } }), startMs, ref: aRef(line) });

testMeasure(measure, [
  {
    name: 'calls by hour and sums by day, and the largest of each in a run',
    plan,
    runs: runs(30, (i) => ({
      steps: [call(0.1, NOON + i * 600_000, 100 + i), call('0.2', NOON + i * 600_000, 200 + i), aToolCall()],
    })),
    value: {
      runs: 30,
      tools: [
        [
          'pay',
          {
            calls: 60,
            perRun: 2,
            spentPerRun: 300_000n,
            hours: ['12', '13', '14', '15', '16'].map((hour): [string, bigint] => [`2026-11-16T${hour}`, 12n]),
            days: [['2026-11-16', 9_000_000n]],
          },
        ],
      ],
    },
  },
  {
    name: 'what is no amount is not read as zero, and taking back lowers no sum',
    plan,
    runs: [aRun({ steps: [call('1,5 EUR'), call(null), call(1e300), call(-5), call(2), call(true)] })],
    value: { tools: [['pay', { spentPerRun: 2_000_000n, unread: 4 }]] },
  },
  {
    name: 'calls without a time are in no hour, and runs that aigate makes neither',
    plan,
    runs: [
      aRun({ steps: [{ ...call(1), startMs: undefined }] }),
      aRun({ id: 'r2', ref: aRef(9), kind: 'live', steps: [call(1, NOON, 10)] }),
    ],
    value: { tools: [['pay', { calls: 2, untimed: 1, hours: [] }]] },
  },
  {
    name: 'tools without limits are not counted',
    plan: aPlan(),
    runs: runs(3, () => ({ steps: [aToolCall(), aToolCall({ tool: '__proto__' })] })),
    value: { runs: 3, tools: [] },
  },
]);
