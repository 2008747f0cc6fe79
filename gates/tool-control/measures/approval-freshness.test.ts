import { anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './approval-freshness.ts';

const plan = aPlan({ tools: { pay: { effect: 'write', approve: 'always', approval: { withinMs: 10 } } } });
const byUser = aPlan({
  tools: { pay: { effect: 'write', approve: 'always', approval: { by: 'user' }, rules: [{ kind: 'confirmed' }] } },
});

testMeasure(measure, [
  {
    name: 'calls after 0 to 19 ms',
    plan,
    runs: runs(20, (i) => ({
      steps: [anApproval({ tool: 'pay', startMs: 0 }), aToolCall({ tool: 'pay', startMs: i, ref: aRef(i) })],
    })),
    value: { runs: 20, judged: 20, breached: { total: 9, names: [['pay: approval too old', 9]] } },
  },
  {
    name: 'the yes of the user is fresh',
    plan: byUser,
    runs: [aRun({ steps: [aToolCall({ tool: 'pay', facts: '1' }), aToolCall({ tool: 'pay', facts: '0' })] })],
    value: { judged: 1, breached: { total: 0 }, unknown: { total: 0 } },
  },
]);
