import type { Run } from '../../../src/contract/run.ts';
import { aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import argumentSchemas from '../measures/argument-schemas.ts';
import check from './argument-schema.ts';

const plan = aPlan({
  tools: { find: { effect: 'read', approve: 'never', rules: [{ kind: 'schema', schema: { type: 'object' } }] } },
});
const over = (list: readonly Run[]) => ({ seen: { argumentSchemas: measured(argumentSchemas, list, plan) } });
const finds = (...facts: string[]) =>
  aRun({ steps: facts.map((fact, i) => aToolCall({ tool: 'find', facts: fact, ref: aRef(i + 10) })) });
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    { name: 'a call meets it', ...over([finds('1')]), limits, says: '1 call of a tool with a schema met it' },
    {
      name: 'exactly as many as may do not',
      ...over([finds('1', '0')]),
      limits: { calls: 1 },
      says: 'not "find: schema" (1)',
    },
  ],
  fail: [
    {
      name: 'one does not',
      ...over([finds('1', '0')]),
      limits,
      says: '1 of 2 calls of tools with a schema did not meet it: "find: schema" (1)',
    },
    { name: 'one more than may', ...over([finds('0'), finds('0')]), limits: { calls: 1 }, says: '2 of 2 calls' },
  ],
  inconclusive: [
    { name: 'arguments are not recorded', ...over([finds('1', '?')]), limits, says: 'whether 1 of 2 calls' },
    { name: 'no such tool is called', ...over(runs(2)), limits, says: 'no call of a tool with a schema in 2 runs' },
  ],
});
