import type { Inspection } from '../../../src/contract/inspection.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aLock, anMcpServer, aServer, aTool, FAILED, served } from '../../../src/dev/testing/served.ts';
import check from './power-tools.ts';

const limits = { tools: 0 };
const over = (served: Inspection['served'], tools: Plan['tools'] = undefined, lock?: Inspection['lock']) => ({
  seen: {},
  context: {
    plan: aPlan({ mcp: { notes: anMcpServer() }, lock: 'aigate.lock', manifestLines: { '/mcp/notes': 31 }, tools }),
    inspection: anInspection({ served, lock }),
  },
});
const taking = (name: string, arg: string, schema: Json = { type: 'string' }) =>
  aTool(name, { inputSchema: { type: 'object', properties: { [arg]: schema } } });
const sql = taking('ask_database', 'sql');
const code = taking('browser_run_code_unsafe', 'code');

testCheck(check, {
  pass: [
    {
      name: 'tools take what can be told in advance',
      ...over({ notes: served(aTool('get_case'), taking('find', 'query')) }),
      limits,
      says: '0 unlimited tools of 2 offered tools',
    },
    {
      name: 'unlimited tools exactly at the limit',
      ...over({ notes: served(sql) }),
      limits: { tools: 1 },
      says: 'notes/ask_database takes any text as sql',
    },
    {
      name: 'a person approves each call',
      ...over({ notes: served(code) }, { browser_run_code_unsafe: { effect: 'irreversible', approve: 'always' } }),
      limits,
      says: '0 unlimited',
    },
    {
      name: 'the manifest limits the argument',
      ...over(
        { notes: served(sql) },
        {
          ask_database: {
            effect: 'read',
            approve: 'never',
            rules: [{ kind: 'argument', arg: 'sql', op: 'sql', value: 'read_only' }],
          },
        },
      ),
      limits,
      says: '0 unlimited',
    },
    {
      name: 'the schema limits the argument',
      ...over({ notes: served(taking('open', 'url', { enum: ['https://a.example'] })) }),
      limits,
      says: '0 unlimited',
    },
  ],
  fail: [
    {
      name: 'one more than the limit',
      ...over({ notes: served(sql, code) }),
      limits: { tools: 1 },
      says: 'notes/browser_run_code_unsafe takes any text as code',
    },
    {
      name: 'it shows the environment and says that it only reads',
      ...over(
        { notes: served(aTool('get-env', { annotations: { readOnlyHint: true } })) },
        { 'get-env': { effect: 'read', approve: 'never' } },
      ),
      limits,
      says: 'notes/get-env runs what it is given, or shows',
    },
    {
      name: 'it runs a function in a page',
      ...over({ notes: served(taking('browserEvaluate', 'function')) }),
      limits,
      says: 'any text as function',
    },
    {
      name: 'a rule about another argument',
      ...over(
        { notes: served(sql) },
        {
          ask_database: {
            effect: 'read',
            approve: 'never',
            rules: [{ kind: 'argument', arg: 'limit', op: 'max', value: 5 }],
          },
        },
      ),
      limits,
      says: 'any text as sql',
    },
  ],
  inconclusive: [
    {
      name: 'the server cannot be listed',
      ...over({ notes: FAILED }, undefined, aLock({ notes: aServer([aTool('a')]) })),
      limits,
      says: '[MCP_TIMEOUT]',
    },
  ],
});
