import type { Plan } from '../../../src/contract/plan.ts';
import type { Step } from '../../../src/contract/run.ts';
import type { Flow, ToolRule } from '../../../src/contract/tool-policy.ts';
import { aPlan, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import ruleUse from '../measures/rule-use.ts';
import check from './exercised-rules.ts';

const limits = { unexercised: 0 };
const most: ToolRule = { kind: 'argument', arg: 'amount', op: 'max', value: 5 };
const derived: ToolRule = { kind: 'destinations', except: [] };
const flow: Flow = {
  type: 'forbid',
  id: 'no-pay',
  after: { type: 'tag', tag: 'untrusted' },
  forbid: { type: 'tool', tool: 'pay' },
  unlessApproved: false,
};
const of = (steps: Step[], more: Partial<Plan> = {}) => {
  const plan = aPlan({
    tools: {
      pay: { effect: 'write', approve: 'always', rules: [most, derived] },
      web: { effect: 'read', approve: 'never', tags: ['untrusted'] },
    },
    manifestLines: { '': 1, '/tools/pay': 7, '/flows/0': 9 },
    ...more,
  });
  return { seen: { ruleUse: measured(ruleUse, [aRun({ steps })], plan) }, limits, context: { plan } };
};
const pay = (facts?: string) => aToolCall({ tool: 'pay', facts });
const web = aToolCall({ tool: 'web' });

testCheck(check, {
  pass: [
    { name: 'a call keeps the rule', ...of([pay('1-')]), says: '1 rule about tools exercised in 1 run' },
    { name: 'a call breaks it', ...of([pay('0-')]), says: '1 rule about tools' },
    {
      name: 'each kind of call of a flow came',
      ...of([web, pay('1-')], { flows: [flow] }),
      says: '2 rules about tools',
    },
    { name: 'as many as the limit', ...of([web]), limits: { unexercised: 1 }, says: 'except "pay: amount max 5"' },
  ],
  fail: [
    { name: 'the tool is never called', ...of([web]), says: '1 of 1 rule about tools not exercised in 1 run' },
    { name: 'no call has the argument', ...of([pay('--')]), says: 'pay: amount max 5' },
    { name: 'the arguments are not recorded', ...of([pay()]), says: 'pay: amount max 5' },
    { name: 'one kind of call of a flow never came', ...of([pay('1-')], { flows: [flow] }), says: 'flow no-pay' },
  ],
  inconclusive: [
    {
      name: 'no tool has a rule',
      ...of([web], { tools: { web: { effect: 'read', approve: 'never' } } }),
      says: 'no tool has a rule',
    },
    { name: 'no tool is declared', ...of([web], { tools: undefined }), says: 'declares no tools' },
  ],
});
