import type { Plan } from '../../../src/contract/plan.ts';
import type { Flow, ToolRule } from '../../../src/contract/tool-policy.ts';
import { aPlan, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import ruleUse from '../measures/rule-use.ts';
import check from './dead-rules.ts';

const limits = { faults: 0, calls: 20 };
const of = (rules: readonly ToolRule[], flows: readonly Flow[] = [], facts = '1'.repeat(rules.length), calls = 20) => {
  const plan: Plan = aPlan({
    tools: {
      pay: { effect: 'write', approve: 'always', rules },
      web: { effect: 'read', approve: 'never', tags: ['untrusted'] },
    },
    flows,
    manifestLines: { '': 1, '/tools/pay/args/amount': 7, '/flows/0': 9 },
  });
  const list = calls === 0 ? [aRun()] : runs(calls, () => ({ steps: [aToolCall({ tool: 'pay', facts })] }));
  return { seen: { ruleUse: measured(ruleUse, list, plan) }, limits, context: { plan } };
};
const arg = (op: 'min' | 'max', value: number): ToolRule => ({ kind: 'argument', arg: 'amount', op, value });
const list = (op: 'in' | 'not_in', ...values: number[]): ToolRule => ({ kind: 'argument', arg: 'amount', op, values });
const forbid = (id: string, unlessApproved = false): Extract<Flow, { readonly type: 'forbid' }> => ({
  type: 'forbid',
  id,
  after: { type: 'tag', tag: 'untrusted' },
  forbid: { type: 'tool', tool: 'pay' },
  unlessApproved,
});
const atMost = (id: string, calls: number, identical = false): Flow => ({
  type: 'at-most',
  id,
  calls,
  of: undefined,
  identical,
});

testCheck(check, {
  pass: [
    { name: 'one value is left', ...of([arg('min', 5), arg('max', 5)]), says: '2 rules about tools can hold' },
    { name: 'in leaves one of two', ...of([list('in', 1, 2), list('not_in', 1)]), says: '2 rules' },
    { name: 'flows differ', ...of([], [atMost('few', 3), atMost('same', 2, true), forbid('f')]), says: '3 rules' },
    { name: 'some calls lack the argument', ...of([arg('max', 5)], [], '1'), says: '1 rule about tools' },
    {
      name: 'as many as the limit',
      ...of([arg('min', 6), arg('max', 5)]),
      limits: { ...limits, faults: 1 },
      says: 'except',
    },
  ],
  fail: [
    { name: 'min is above max', ...of([arg('min', 6), arg('max', 5)]), says: 'no value of amount of pay is allowed' },
    { name: 'not_in empties in', ...of([list('in', 1, 2), list('not_in', 2, 1, 3)]), says: 'not_in takes all that in' },
    { name: 'in lies outside max', ...of([list('in', 6, 7), arg('max', 5)]), says: 'outside min and max' },
    {
      name: 'no call has the argument',
      ...of([arg('max', 5)], [], '-'),
      says: 'pay: amount max 5 matches none of 20 calls',
    },
    { name: 'the same flow twice', ...of([], [forbid('a'), forbid('b')]), says: 'flow b adds nothing to a' },
    { name: 'a later one is stricter', ...of([], [forbid('a', true), forbid('b')]), says: 'flow a adds nothing to b' },
    { name: 'fewer calls are allowed already', ...of([], [atMost('a', 3), atMost('b', 5, true)]), says: 'flow b adds' },
    {
      name: 'no tool has the tag',
      ...of([], [{ ...forbid('a'), after: { type: 'tag', tag: 'secret' } }]),
      says: 'flow a matches nothing: no tool has the tag secret',
    },
    {
      name: 'the tool is not declared',
      ...of([], [{ ...forbid('a'), after: { type: 'tool', tool: 'toString' } }]),
      says: 'toString is not declared',
    },
  ],
  inconclusive: [
    {
      name: 'one call too few',
      ...of([arg('max', 5)], [], '-', 19),
      says: 'not known of pay, with fewer than 20 calls',
    },
    { name: 'no call at all', ...of([arg('max', 5)], [], '', 0), says: 'not known of pay' },
    {
      name: 'no tool is declared',
      seen: { ruleUse: measured(ruleUse, [aRun()]) },
      limits,
      context: { plan: aPlan({ tools: undefined }) },
      says: 'declares no tools',
    },
  ],
});
