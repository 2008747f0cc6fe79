import { aPlan, aRef, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './plan-flows.ts';

const flow = {
  type: 'require',
  id: 'planned',
  require: { type: 'tool', tool: 'plan' },
  before: { type: 'tool', tool: 'apply' },
  same: [],
} as const;

testMeasure(measure, [
  {
    name: 'every other run planned before',
    plan: aPlan({ flows: [flow] }),
    runs: runs(10, (i) => ({
      steps: [
        aToolCall({ tool: i % 2 ? 'plan' : 'look', startMs: undefined }),
        aToolCall({ tool: 'apply', ref: aRef(i) }),
      ],
    })),
    value: { runs: 10, judged: 10, breached: { total: 5, names: [['planned: apply', 5]] }, unknown: { total: 0 } },
  },
  { name: 'no flow is declared', runs: runs(2), value: { runs: 2, judged: 0 } },
]);
