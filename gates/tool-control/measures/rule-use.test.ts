import { aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './rule-use.ts';

const max = { kind: 'argument', arg: 'amount', op: 'max', value: 5 } as const;
const min = { kind: 'argument', arg: 'amuont', op: 'min', value: 1 } as const;
const plan = aPlan({ tools: { pay: { effect: 'write', approve: 'always', rules: [max, min] } } });

testMeasure(measure, [
  {
    name: 'calls that a rule decides, and those without its argument',
    plan,
    runs: runs(20, (i) => ({ steps: [aToolCall({ tool: 'pay', facts: i < 5 ? '0-' : '1-', ref: aRef(i + 50) })] })),
    value: {
      runs: 20,
      tools: [
        [
          'pay',
          {
            calls: 20,
            rules: [
              [20, 0],
              [0, 20],
            ],
          },
        ],
      ],
    },
  },
  {
    name: 'of calls whose arguments are not recorded nothing is known',
    plan,
    runs: [aRun({ steps: [aToolCall({ tool: 'pay' }), aToolCall({ tool: 'toString', facts: '11' })] })],
    value: {
      tools: [
        [
          'pay',
          {
            calls: 1,
            rules: [
              [0, 0],
              [0, 0],
            ],
          },
        ],
      ],
    },
  },
]);
