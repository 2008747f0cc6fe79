import { anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './approval-bindings.ts';

const plan = aPlan({ tools: { pay: { effect: 'write', approve: 'always', approval: { binds: ['items.*.price'] } } } });
const priced = (price: number) => JSON.stringify({ items: [{ price: 1 }, { price }] });

testMeasure(measure, [
  {
    name: 'every third call has another price in its list',
    plan,
    runs: runs(12, (i) => ({
      steps: [
        anApproval({ tool: 'pay', args: priced(7) }),
        aToolCall({ tool: 'pay', args: priced(i % 3 === 0 ? 8 : 7), ref: aRef(i) }),
      ],
    })),
    value: { runs: 12, judged: 12, breached: { total: 4, names: [['pay: items.*.price not as approved', 4]] } },
  },
  {
    name: 'a call that nobody approved is for another',
    plan,
    runs: [aRun({ steps: [aToolCall({ tool: 'pay', args: priced(7) })] })],
    value: { judged: 0 },
  },
  {
    name: 'a tool that binds nothing is not judged',
    runs: [aRun({ steps: [anApproval(), aToolCall({ tool: 'create_case_note' })] })],
    value: { judged: 0 },
  },
]);
