import type { Run, Step } from '../../../src/contract/run.ts';
import type { Flow } from '../../../src/contract/tool-policy.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import forbiddenFlows from '../measures/forbidden-flows.ts';
import check from './flows.ts';

const [secret, egress] = [
  { type: 'tag', tag: 'secret' },
  { type: 'tag', tag: 'egress' },
] as const;
const leak: Flow = { type: 'forbid', id: 'leak', after: secret, forbid: egress, unlessApproved: true };
const twice: Flow = { type: 'at-most', id: 'twice', calls: 2, of: { type: 'tool', tool: 'post' }, identical: true };
const over = (list: readonly Run[], flow: Flow = leak) => {
  const plan = aPlan({
    flows: [flow],
    tools: {
      vault: { effect: 'read', approve: 'never', tags: ['secret'] },
      post: { effect: 'write', approve: 'never', tags: ['egress'] },
    },
  });
  return { seen: { forbiddenFlows: measured(forbiddenFlows, list, plan) } };
};
const vault = aToolCall({ tool: 'vault' });
const post = (line = 10, args: string | undefined = '{}') =>
  aToolCall({ tool: 'post', ref: aRef(line), callId: undefined, args });
const yes = (overrides = {}) => anApproval({ tool: 'post', ...overrides });
const run = (...steps: Step[]) => aRun({ steps });
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    {
      name: 'nothing secret before',
      ...over([run(post(), vault)]),
      limits,
      says: '1 call that a flow is about broke no flow',
    },
    { name: 'a human approved it', ...over([run(vault, yes(), post())]), limits, says: 'broke no flow' },
    { name: 'the read failed', ...over([run({ ...vault, error: 'denied' }, post())]), limits, says: 'broke no flow' },
    {
      name: 'as often as may be',
      ...over([run(post(1), post(2), post(3, '{"a":1}'))], twice),
      limits,
      says: '3 calls',
    },
    {
      name: 'exactly as many as may',
      ...over([run(post(), vault, post(11))]),
      limits: { calls: 1 },
      says: 'not "leak: post" (1)',
    },
  ],
  fail: [
    {
      name: 'data leaves after a secret was read',
      ...over([run(vault, post())]),
      limits,
      says: '1 of 1 call that a flow is about came where a flow forbids it: "leak: post" (1)',
    },
    {
      name: 'approved by policy alone',
      ...over([run(vault, yes({ by: 'policy' }), post())]),
      limits,
      says: 'leak: post',
    },
    { name: 'approved once, sent twice', ...over([run(vault, yes(), post(), post(11))]), limits, says: '1 of 2 calls' },
    {
      name: 'once too often, written otherwise',
      ...over([run(post(1, '{"a":1,"b":2}'), post(2, '{"b":2,"a":1}'), post(3, '{ "a":1,"b":2}'))], twice),
      limits,
      says: '"twice: post" (1)',
    },
  ],
  inconclusive: [
    {
      name: 'who approved is not recorded',
      ...over([run(vault, yes({ by: undefined }), post())]),
      limits,
      says: 'whether 1 of 1',
    },
    {
      name: 'arguments are lost',
      ...over([run(post(), aToolCall({ tool: 'post', args: undefined }))], twice),
      limits,
      says: 'whether 1 of 2',
    },
    { name: 'no such call', ...over(runs(2)), limits, says: 'no call that a flow is about in 2 runs' },
  ],
});
