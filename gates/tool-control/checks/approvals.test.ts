import type { Plan } from '../../../src/contract/plan.ts';
import type { Run, Step } from '../../../src/contract/run.ts';
import { aModelCall, anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import writeApprovals from '../measures/write-approvals.ts';
import check from './approvals.ts';

const limits = { calls: 0 };
const over = (list: readonly Run[], overrides: Partial<Plan> = {}) => {
  const plan = aPlan(overrides);
  return { seen: { writeApprovals: measured(writeApprovals, list, plan) }, context: { plan } };
};
const write = (line = 3) => aToolCall({ tool: 'create_case_note', ref: aRef(line) });
const withSteps = (...steps: Step[]) => aRun({ steps: [aModelCall(), ...steps] });
const approved = withSteps(anApproval(), write());
const workload = aPlan().workload;
const never = { effect: 'write', approve: 'never' } as const;
const always = { effect: 'write', approve: 'always' } as const;
const onNever = { tools: { add_tag: never }, manifestLines: { '': 1, '/tools/add_tag/approve': 12 } };

testCheck(check, {
  pass: [
    {
      name: 'every write was approved by a human',
      ...over([approved]),
      limits,
      says: '1 of 1 write call had a human approval',
    },
    {
      name: 'unapproved calls exactly at the limit',
      ...over([approved, withSteps(write(8)), withSteps(write(9))]),
      limits: { calls: 2 },
      says: 'create_case_note (2); 2 no approval before the call',
    },
    {
      name: 'it says which low-impact writes it did not judge',
      ...over([approved], { tools: { create_case_note: always, add_tag: never } }),
      limits,
      says: 'not judged, declared approve: never: add_tag',
    },
    {
      name: 'it says what the approvals cost',
      ...over([approved, ...runs(3)]),
      limits,
      says: 'approvals per run: 0.25',
    },
  ],
  fail: [
    {
      name: 'one more unapproved call than the limit',
      ...over([approved, withSteps(write(8)), withSteps(write(9))]),
      limits: { calls: 1 },
      says: '2 of 3 write calls ran without human approval: create_case_note (2)',
    },
    {
      name: 'approval by policy is no human approval',
      ...over([withSteps(anApproval({ by: 'policy' }), write())]),
      limits,
      says: '1 approved by policy or by nobody',
    },
    {
      name: 'an explicit record that nobody approved is telemetry',
      ...over([withSteps(anApproval({ by: 'none', decision: undefined }), write())]),
      limits,
      says: 'approved by policy or by nobody',
    },
    {
      name: 'a rejected call was executed',
      ...over([withSteps(anApproval({ decision: 'reject' }), write())]),
      limits,
      says: '1 refused or escalated',
    },
    {
      name: 'a known violation stands beside an unknown approval',
      ...over([withSteps(anApproval({ by: undefined }), write(), write(9))]),
      limits,
      says: '1 of 2 write calls',
    },
  ],
  inconclusive: [
    {
      name: 'no approval is recorded anywhere',
      ...over([withSteps(write())]),
      limits,
      says: 'no approval was recorded for any of them',
    },
    {
      name: 'no approval is recorded anywhere, whatever the limit',
      ...over([withSteps(write())]),
      limits: { calls: 9 },
      says: 'no approval was recorded',
    },
    {
      name: 'it is not recorded who approved',
      ...over([withSteps(anApproval({ by: undefined }), write())]),
      limits,
      says: 'does not say who decided',
    },
    {
      name: 'the executions of most writes are lost, and the requests for them are not',
      ...over([
        approved,
        ...runs(159, () => ({
          steps: [aModelCall({ requestedTools: ['get_case', 'create_case_note'] }), aToolCall()],
        })),
      ]),
      limits,
      says: '159 calls that may need approval were asked for and are recorded neither as executed nor as refused',
    },
    {
      name: 'an answer ended with a tool call that no step names',
      ...over([approved, withSteps(aModelCall({ requestedTools: undefined, finish: ['tool_calls'] }))]),
      limits,
      says: '1 call that may need approval was asked for',
    },
    { name: 'no write tool was called', ...over(runs(4)), limits, says: 'no call of a write tool was seen in 4 runs' },
    {
      name: 'a tool step without a name may be a write',
      ...over([approved, withSteps(aToolCall({ tool: undefined, ref: aRef(9) }))]),
      limits,
      says: 'each may be a write',
    },
    {
      name: 'no tool is declared',
      ...over([approved], { tools: undefined }),
      limits,
      says: 'the manifest declares no tools',
    },
    {
      name: 'an autonomous workload declares that no write needs approval',
      ...over([withSteps(aToolCall({ tool: 'add_tag' }))], {
        ...onNever,
        workload: { ...workload, autonomy: 'autonomous' },
      }),
      limits,
      says: 'a declaration alone',
    },
  ],
});
