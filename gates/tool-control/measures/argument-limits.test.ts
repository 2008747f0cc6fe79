import { aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './argument-limits.ts';

const rules = [
  { kind: 'argument', arg: 'amount', op: 'max', value: 200 },
  { kind: 'schema', schema: {} },
  { kind: 'same-as-call', arg: 'id', tool: 'find', other: 'id' },
] as const;
const plan = aPlan({ tools: { pay: { effect: 'read', approve: 'never', rules } } });
const pay = (facts: string, line: number) => aToolCall({ tool: 'pay', facts, ref: aRef(line) });
const hostile = ['constructor', '__proto__', 'toString'].map((tool) => aToolCall({ tool, facts: '000' }));

testMeasure(measure, [
  {
    name: 'calls by their worst standing, each once',
    plan,
    runs: runs(30, (i) => ({ steps: [pay(['111', '010', '?11', '-1-', '101'][i % 5] ?? '', i)] })),
    value: {
      runs: 30,
      judged: 24,
      breached: { total: 6, names: [['pay: amount max 200', 6]] },
      unknown: { total: 6, names: [['pay: amount max 200', 6]] },
    },
  },
  {
    name: 'the schema is for another',
    plan,
    runs: [aRun({ steps: [pay('101', 1)] })],
    value: { breached: { total: 0 } },
  },
  { name: 'tools named like members of every object', plan, runs: [aRun({ steps: hostile })], value: { judged: 0 } },
]);
