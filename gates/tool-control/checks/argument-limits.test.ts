import type { Plan } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import argumentLimits from '../measures/argument-limits.ts';
import check from './argument-limits.ts';

const plan = aPlan({
  tools: {
    pay: {
      effect: 'read',
      approve: 'never',
      rules: [
        { kind: 'argument', arg: 'amount', op: 'max', value: 200 },
        { kind: 'when', expression: 'call.args.amount > 0.0' },
      ],
    },
  },
});
const over = (list: readonly Run[], within: Plan = plan) => ({
  seen: { argumentLimits: measured(argumentLimits, list, within) },
});
const pays = (...facts: (string | undefined)[]) =>
  aRun({ steps: facts.map((fact, i) => aToolCall({ tool: 'pay', facts: fact, ref: aRef(i + 10) })) });
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    {
      name: 'one call keeps every limit',
      ...over([pays('11')]),
      limits,
      says: '1 call with limited arguments kept every',
    },
    {
      name: 'many calls do',
      ...over([pays('11', '1-')]),
      limits,
      says: '2 calls with limited arguments kept every limit',
    },
    {
      name: 'exactly as many as may break one do',
      ...over([pays('11', '01')]),
      limits: { calls: 1 },
      says: '1 of 2 calls with limited arguments kept every limit, not "pay: amount max 200" (1)',
    },
  ],
  fail: [
    {
      name: 'one call breaks a limit',
      ...over([pays('11', '01')]),
      limits,
      says: '1 of 2 calls with limited arguments broke a limit: "pay: amount max 200" (1)',
    },
    {
      name: 'one more than may',
      ...over([pays('01'), pays('10')]),
      limits: { calls: 1 },
      says: '"pay: when call.args.amount > 0.0" (1)',
    },
    { name: 'an expression could not be computed', ...over([pays('1e')]), limits, says: 'could not be computed' },
    { name: 'a known breach beside an unknown call', ...over([pays('?1', '01')]), limits, says: '1 of 2 calls' },
  ],
  inconclusive: [
    {
      name: 'the arguments of one call are not recorded',
      ...over([pays('11', '??')]),
      limits,
      says: 'does not show whether 1 of 2 calls with limited arguments kept every limit: "pay: amount max 200" (1)',
    },
    { name: 'calls without facts', ...over([pays(undefined)]), limits, says: 'does not show whether 1 of 1 call' },
    { name: 'facts that stop short', ...over([pays('1')]), limits, says: 'does not show' },
    { name: 'facts of another version', ...over([pays('zz')]), limits, says: 'does not show' },
    {
      name: 'no call has the argument',
      ...over([pays('--')]),
      limits,
      says: 'no call with limited arguments in 1 run',
    },
    { name: 'the tools are not used', ...over(runs(3)), limits, says: 'no call with limited arguments in 3 runs' },
    { name: 'no tools are declared', ...over([pays('00')], aPlan({ tools: undefined })), limits, says: 'no call with' },
  ],
});
