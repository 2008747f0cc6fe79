import { expect, it } from 'vitest';
import { anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import { APPROVAL_ID_LIMIT } from '../approval-uses.ts';
import measure from './approval-freshness.ts';

const plan = aPlan({ tools: { pay: { effect: 'write', approve: 'always', approval: { withinMs: 10 } } } });
const byUser = aPlan({
  tools: { pay: { effect: 'write', approve: 'always', approval: { by: 'user' }, rules: [{ kind: 'confirmed' }] } },
});

const stepsOf = (id: string, line: number, startMs = 0) => [
  anApproval({ tool: 'pay', startMs: 0, id, ref: aRef(100 + line) }),
  aToolCall({ tool: 'pay', startMs, ref: aRef(line) }),
];
const run = (id: string, line: number, startMs?: number) => aRun({ steps: stepsOf(id, line, startMs) });

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
  {
    name: 'ids of two runs, of three, and of one; a call that is too old counts once',
    plan,
    runs: [
      run('a', 1),
      run('a', 2),
      run('b', 3),
      run('b', 4, 11),
      run('b', 5),
      run('c', 6),
      aRun({ steps: [...stepsOf('c2', 7), ...stepsOf('c2', 8)] }),
    ],
    value: {
      judged: 8,
      breached: {
        total: 5,
        names: [
          ['pay: approval too old', 1],
          ['pay: used in another run', 3],
          ['pay: used twice', 1],
        ],
      },
      unknown: { total: 0 },
    },
  },
  {
    name: 'an id that is too long to compare',
    plan,
    runs: [run('a'.repeat(201), 1)],
    value: { judged: 1, breached: { total: 0 }, unknown: { total: 1 } },
  },
]);

it('says so when there are more ids than it compares, and still finds those that it kept', () => {
  const state = measure.empty(plan);
  const ids = Array.from({ length: APPROVAL_ID_LIMIT }, (_, i) => `id-${String(i).padStart(5, '0')}`);
  for (const id of ids) measure.add(state, run(id, 1), plan);
  expect(measure.finish(state, plan)).toMatchObject({ breached: { total: 0 }, unknown: { total: 0 } });
  measure.add(state, run('id-x', 1), plan);
  measure.add(state, run('id-00000', 2), plan);
  expect(measure.finish(state, plan)).toMatchObject({ breached: { total: 1 }, unknown: { total: 1 } });
  expect(measure.finish(state, plan)).toMatchObject({ breached: { total: 1 }, unknown: { total: 1 } });
});
