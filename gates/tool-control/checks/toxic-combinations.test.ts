import type { Plan } from '../../../src/contract/plan.ts';
import type { CallSelector, Flow, ToolPolicy, ToolTag } from '../../../src/contract/tool-policy.ts';
import { aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './toxic-combinations.ts';

const limits = { faults: 0 };
const tool = (effect: ToolPolicy['effect'], ...tags: ToolTag[]): ToolPolicy => ({ effect, approve: 'always', tags });
const of = (tools: Plan['tools'], ...flows: Flow[]) => ({
  seen: {},
  limits,
  context: { plan: aPlan({ tools, flows, manifestLines: { '': 1, '/tools/send/tags': 9 } }) },
});
const tag = (name: ToolTag): CallSelector => ({ type: 'tag', tag: name });
const named = (name: string): CallSelector => ({ type: 'tool', tool: name });
const forbid = (after: CallSelector, last: CallSelector): Flow => ({
  type: 'forbid',
  id: 'f',
  after,
  forbid: last,
  unlessApproved: false,
});
const atMost: Flow = { type: 'at-most', id: 'loop', calls: 3, of: undefined, identical: true };
const three = { mail: tool('read', 'untrusted'), vault: tool('read', 'secret'), send: tool('write', 'egress') };
const pay = { web: tool('read', 'untrusted'), pay: tool('irreversible') };
const untagged: ToolPolicy = { effect: 'read', approve: 'never' };

testCheck(check, {
  pass: [
    { name: 'one of the three is missing', ...of({ mail: three.mail, send: three.send }), says: '2 tools in no' },
    { name: 'no tool has a tag, as declared', ...of({ get: tool('read') }), says: '1 tool in no combination' },
    { name: 'no secret may leave', ...of(three, forbid(tag('secret'), tag('egress'))), says: '3 tools in no' },
    { name: 'nothing may be sent after strangers', ...of(three, forbid(tag('untrusted'), named('send'))), says: '3' },
    { name: 'no act after strangers', ...of(pay, forbid(tag('untrusted'), named('pay'))), says: '2 tools in no' },
    {
      name: 'as many as the limit',
      ...of(three),
      limits: { faults: 1 },
      says: 'except mail (untrusted) can make send',
    },
  ],
  fail: [
    {
      name: 'strangers can make it send secrets',
      ...of(three),
      says: 'mail (untrusted) can make send (egress) send out what vault (secret) reads',
    },
    { name: 'one tool is all three', ...of({ hub: tool('read', 'untrusted', 'secret', 'egress') }), says: 'hub' },
    {
      name: 'a secret may have been read before the stranger',
      ...of(three, forbid(tag('untrusted'), tag('secret'))),
      says: '1 fault in 3 tools',
    },
    {
      name: 'one of two ways out is forbidden',
      ...of({ ...three, post: tool('write', 'egress') }, forbid(tag('secret'), named('send'))),
      says: '1 fault in 4 tools',
    },
    { name: 'strangers can make it pay', ...of(pay), says: 'web (untrusted) can make pay (irreversible) act' },
    { name: 'a flow counts calls and forbids none', ...of(pay, atMost), says: 'web (untrusted)' },
    { name: 'tags of others do not excuse it', ...of({ ...pay, get: untagged }), says: '1 fault in 3 tools' },
  ],
  inconclusive: [
    {
      name: 'a tool has no tags',
      ...of({ ...three, get: untagged }, forbid(tag('secret'), tag('egress'))),
      says: 'get',
    },
    { name: 'no tool is declared', ...of(undefined), says: 'declares no tools' },
  ],
});
