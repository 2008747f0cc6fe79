import { aPlan, aRef, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './argument-schemas.ts';

const rules = [
  { kind: 'when', expression: 'true' },
  { kind: 'schema', schema: {} },
] as const;
const plan = aPlan({ tools: { find: { effect: 'read', approve: 'never', rules } } });

testMeasure(measure, [
  {
    name: 'the schema alone is judged',
    plan,
    runs: runs(9, (i) => ({ steps: [aToolCall({ tool: 'find', facts: `0${'01?'[i % 3]}`, ref: aRef(i) })] })),
    value: {
      runs: 9,
      judged: 9,
      breached: { total: 3, names: [['find: schema', 3]] },
      unknown: { total: 3, names: [['find: schema', 3]] },
    },
  },
]);
