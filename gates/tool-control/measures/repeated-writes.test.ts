import { aPlan, aRef, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './repeated-writes.ts';

const plan = aPlan({ tools: { note: { effect: 'write', approve: 'always' } } });

testMeasure(measure, [
  {
    name: 'runs of zero to four equal writes',
    plan,
    runs: runs(5, (i) => ({
      steps: Array.from({ length: i }, (_, at) => aToolCall({ tool: 'note', ref: aRef(i * 10 + at) })),
    })),
    value: { runs: 5, judged: 10, breached: { total: 6, names: [['note: done twice', 6]] }, unknown: { total: 0 } },
  },
]);
