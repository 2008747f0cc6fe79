import type { CheckContext } from '../../../src/contract/check.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { UndoRun } from '../../../src/contract/undo-drill.ts';
import { aRef } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillPlan, someDrills } from '../../../src/dev/testing/drills.ts';
import check from './rollback.ts';

const UNDO = { tool: 'delete_case_note', command: ['undo'], verify: ['look'] };
const tools = (undo: typeof UNDO | { tool: string } | 'none' | 'undeclared'): Plan['tools'] => ({
  get_case: { effect: 'read', approve: 'never' },
  create_case_note: { effect: 'write', approve: 'always', ...(undo === 'undeclared' ? {} : { undo }) },
});

const anUndo = (index: number, change: Partial<UndoRun> = {}): UndoRun => ({
  id: `u${index}`,
  ref: aRef(1, { artifact: 'drills', pointer: `/undos/${index}`, run: `u${index}` }),
  kind: 'simulated',
  scenario: 'summarize',
  tool: 'create_case_note',
  undo: { ending: 'answered', exit: '0', durationMs: 40, problem: undefined },
  effect: 'undone',
  ...change,
});

const ENDED = { exit: '3', durationMs: 40, problem: undefined };
const last = (change: Partial<UndoRun>) => [anUndo(0), anUndo(1), anUndo(2, change)];

function example(name: string, undos: readonly UndoRun[], says: string, undo: Parameters<typeof tools>[0] = UNDO) {
  const context: Partial<CheckContext> = {
    plan: { ...aDrillPlan([]), tools: tools(undo) },
    drills: someDrills([], { undos }),
  };
  return { name, seen: {}, limits: { runs: 3 }, context, says };
}

testCheck(check, {
  pass: [
    example('three writes taken back', [anUndo(0), anUndo(1), anUndo(2)], '3 writes of 1 tool taken back, and gone'),
  ],
  fail: [
    example(
      'one is still there',
      last({ effect: 'still-there' }),
      '1 of 3 writes could not be taken back: create_case_note in scenario summarize: the command ended well',
    ),
    example('the command fails', last({ undo: { ...ENDED, ending: 'failed' } }), 'the command ended with 3'),
    example('it hangs', last({ undo: { ...ENDED, ending: 'timed-out' } }), 'did not end in time'),
    example(
      'it cannot be started',
      last({ undo: { ...ENDED, ending: 'not-started', problem: 'no such file' } }),
      'the command no such file',
    ),
  ],
  inconclusive: [
    example('two writes taken back', [anUndo(0), anUndo(1)], '2 of 3 runs took back what create_case_note wrote'),
    example('no run called the tool', [anUndo(0, { undo: undefined, effect: 'not-seen' })], '0 of 3 runs'),
    example('nothing looks', [anUndo(0, { effect: 'not-seen' })], 'nothing looked whether'),
    example('what looks does not see it', [anUndo(0, { effect: 'never-there' })], 'gone before it was taken back'),
    example('it is declared and not tried', [], 'is declared and was not tried', { tool: 'delete_case_note' }),
    example(
      'no undo is declared',
      [],
      'nothing is declared that takes back what create_case_note writes',
      'undeclared',
    ),
    example('none can be taken back', [], 'no declared tool writes what could be taken back', 'none'),
  ],
});
