import type { Run, Step } from '../../../src/contract/run.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import valueOrigins from '../measures/value-origins.ts';
import check from './value-provenance.ts';

const plan = aPlan({
  tools: {
    pay: {
      effect: 'write',
      approve: 'never',
      rules: [
        { kind: 'provenance', arg: 'iban', from: [{ type: 'user' }], beside: ['amount'] },
        { kind: 'destinations', except: ['iban'] },
      ],
    },
  },
});
const over = (list: readonly Run[]) => ({ seen: { valueOrigins: measured(valueOrigins, list, plan) } });
const pay = (facts: string, line = 10) => aToolCall({ tool: 'pay', facts, ref: aRef(line), callId: undefined });
const yes = (overrides = {}) => anApproval({ tool: 'pay', ...overrides });
const run = (...steps: Step[]) => aRun({ steps });
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    {
      name: 'a value of its origins',
      ...over([run(pay('11'))]),
      limits,
      says: '1 call with values of declared origin took',
    },
    { name: 'a human approved another value', ...over([run(yes(), pay('a1'))]), limits, says: '1 call' },
    { name: 'a human approved what strangers named', ...over([run(yes(), pay('1u'))]), limits, says: '1 call' },
    {
      name: 'exactly as many as may are from elsewhere',
      ...over([run(pay('11'), pay('a1', 11))]),
      limits: { calls: 1 },
      says: 'not "pay: iban from user with amount, named by none of them" (1)',
    },
  ],
  fail: [
    {
      name: 'nobody named the value',
      ...over([run(pay('11'), pay('a1', 11))]),
      limits,
      says: '1 of 2 calls with values of declared origin had a value from elsewhere, without approval: "pay: iban from user',
    },
    {
      name: 'a destination from untrusted output',
      ...over([run(pay('1u'))]),
      limits,
      says: '"pay: destinations from untrusted output, found in untrusted output alone" (1)',
    },
    { name: 'approved by policy alone', ...over([run(yes({ by: 'policy' }), pay('a1'))]), limits, says: '1 of 1 call' },
    { name: 'refused', ...over([run(yes({ decision: 'reject' }), pay('a1'))]), limits, says: '1 of 1 call' },
    { name: 'approved after the call', ...over([run(pay('a1'), yes())]), limits, says: '1 of 1 call' },
    {
      name: 'an approval spent on an earlier call',
      ...over([run(yes(), pay('a1'), pay('a1', 11))]),
      limits,
      says: '1 of 2 calls',
    },
  ],
  inconclusive: [
    { name: 'what was said is not recorded', ...over([run(pay('?1'))]), limits, says: 'whether 1 of 1 call' },
    {
      name: 'who approved is not recorded',
      ...over([run(yes({ by: undefined }), pay('a1'))]),
      limits,
      says: 'whether 1 of 1 call',
    },
    {
      name: 'the argument is absent',
      ...over([run(pay('--'))]),
      limits,
      says: 'no call with values of declared origin in 1 run',
    },
    { name: 'no such call', ...over(runs(2)), limits, says: 'in 2 runs' },
  ],
});
