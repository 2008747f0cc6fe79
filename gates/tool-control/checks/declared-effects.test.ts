import type { Inspection } from '../../../src/contract/inspection.ts';
import { anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aLock, anMcpServer, aServer, aTool, FAILED, served } from '../../../src/dev/testing/served.ts';
import check from './declared-effects.ts';

const limits = { tools: 0 };
const [read, write] = [
  { effect: 'read', approve: 'never' },
  { effect: 'write', approve: 'always' },
] as const;
const plan = aPlan({
  mcp: { notes: anMcpServer() },
  lock: 'aigate.lock',
  manifestLines: { '/mcp/notes': 31 },
  tools: { get_case: read, delete_case: read, open_nodes: read, read_file: read, save: write },
});
const over = (served: Inspection['served'], lock?: Inspection['lock']) => ({
  seen: {},
  context: { plan, inspection: anInspection({ served, lock }) },
});
const hinted = (name: string, annotations: Readonly<Record<string, boolean>>) => aTool(name, { annotations });

testCheck(check, {
  pass: [
    {
      name: 'declaration, annotations and names agree',
      ...over({ notes: served(hinted('get_case', { readOnlyHint: true }), hinted('save', { destructiveHint: true })) }),
      limits,
      says: '0 contradictions in 2 declared tools',
    },
    {
      name: 'an annotation speaks before the name',
      ...over({ notes: served(hinted('open_nodes', { readOnlyHint: true }), aTool('read_file')) }),
      limits,
      says: '0 contradictions',
    },
    {
      name: 'contradictions exactly at the limit; undeclared tools are no matter of this check',
      ...over({ notes: served(aTool('delete_case'), aTool('wire_money')) }),
      limits: { tools: 1 },
      says: '1 contradiction in 1 declared tool: notes/delete_case is declared read, its name says that it writes',
    },
  ],
  fail: [
    {
      name: 'one more than the limit',
      ...over({ notes: served(aTool('delete_case'), hinted('get_case', { readOnlyHint: false })) }),
      limits: { tools: 1 },
      says: 'notes/get_case is declared read, and its server says that it writes',
    },
    {
      name: 'its server says that it destroys',
      ...over({ notes: served(hinted('get_case', { destructiveHint: true })) }),
      limits,
      says: 'destroys or overwrites',
    },
    {
      name: 'it is declared to write and says that it reads',
      ...over({ notes: served(hinted('save', { readOnlyHint: true })) }),
      limits,
      says: 'notes/save is declared write, and its server says that it only reads',
    },
  ],
  inconclusive: [
    {
      name: 'the server cannot be listed',
      ...over({ notes: FAILED }, aLock({ notes: aServer([aTool('get_case')]) })),
      limits,
      says: '[MCP_TIMEOUT]',
    },
  ],
});
