import type { Inspection } from '../../../src/contract/inspection.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aLock, anMcpServer, aServer, aTool, FAILED, served } from '../../../src/dev/testing/served.ts';
import check from './offered-tools.ts';

const limits = { tools: 0 };
const over = (served: Inspection['served'], plan: Partial<Plan> = {}, lock?: Inspection['lock']) => ({
  seen: {},
  context: {
    plan: aPlan({ mcp: { notes: anMcpServer() }, lock: 'aigate.lock', manifestLines: { '/mcp/notes': 31 }, ...plan }),
    inspection: anInspection({ served, lock }),
  },
});
const [known, unknown] = [aTool('get_case'), aTool('wire_money')];
const only = (...names: string[]) => ({ mcp: { notes: anMcpServer({ only: names }) } });

testCheck(check, {
  pass: [
    {
      name: 'every offered tool is declared',
      ...over({ notes: served(known, aTool('create_case_note')) }),
      limits,
      says: '2 offered tools, each declared',
    },
    {
      name: 'undeclared tools exactly at the limit',
      ...over({ notes: served(known, unknown) }),
      limits: { tools: 1 },
      says: '1 of 2 offered tools not declared: notes/wire_money',
    },
    {
      name: 'the agent lets only declared tools through',
      ...over({ notes: served(known, unknown) }, only('get_case')),
      limits,
      says: '1 offered tool, each declared',
    },
    {
      name: 'it is declared under a name with its server',
      ...over({ notes: served(aTool('find')) }, { tools: { mcp__notes__find: { effect: 'read', approve: 'never' } } }),
      limits,
      says: '1 offered tool',
    },
  ],
  fail: [
    {
      name: 'one more than the limit',
      ...over({ notes: served(known, unknown, aTool('x')) }),
      limits: { tools: 1 },
      says: '2 of 3 offered tools not declared: notes/wire_money; notes/x',
    },
    {
      name: 'the manifest declares none',
      ...over({ notes: served(known) }, { tools: 'none' }),
      limits,
      says: 'notes/get_case',
    },
    {
      name: 'it is locked, although the server cannot be listed',
      ...over({ notes: FAILED }, {}, aLock({ notes: aServer([unknown]) })),
      limits,
      says: 'notes/wire_money',
    },
    {
      name: 'it is named like a property of every object',
      ...over({ notes: served(aTool('constructor')) }),
      limits,
      says: 'notes/constructor',
    },
  ],
  inconclusive: [
    {
      name: 'no tool is declared',
      ...over({ notes: served(known) }, { tools: undefined }),
      limits,
      says: 'the manifest declares no tools',
    },
    {
      name: 'the server cannot be listed',
      ...over({ notes: FAILED }, {}, aLock({ notes: aServer([known]) })),
      limits,
      says: '[MCP_TIMEOUT]',
    },
  ],
});
