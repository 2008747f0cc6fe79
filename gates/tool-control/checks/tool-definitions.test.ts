import type { Inspection } from '../../../src/contract/inspection.ts';
import type { ServedTool } from '../../../src/contract/served/served-tools.ts';
import { anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aLock, anMcpServer, aServer, aTool, FAILED, served } from '../../../src/dev/testing/served.ts';
import check from './tool-definitions.ts';

const limits = { drifts: 0, faults: 0 };
const plan = aPlan({
  mcp: { notes: anMcpServer(), crm: anMcpServer() },
  lock: 'aigate.lock',
  manifestLines: { '': 1, '/mcp': 30, '/mcp/notes': 31, '/mcp/crm': 32 },
});
const [get, put] = [aTool('get_note'), aTool('put_note', { annotations: { readOnlyHint: true } })];
const crm = aServer([aTool('find')]);
const over = (inspection: Partial<Inspection>) => ({
  seen: {},
  context: {
    plan,
    inspection: anInspection({
      lock: aLock({ notes: aServer([get, put]), crm }),
      served: { notes: served(get, put), crm: { status: 'listed', server: crm } },
      ...inspection,
    }),
  },
});
const listing = (...notes: readonly ServedTool[]) =>
  over({ served: { notes: served(...notes), crm: { status: 'listed', server: crm } } });

testCheck(check, {
  pass: [
    {
      name: 'what is served is what is locked, in any order',
      ...listing(put, get),
      limits,
      says: '3 tools of 2 servers served as locked',
    },
    {
      name: 'differences exactly at the limit',
      ...listing({ ...get, title: 'Get' }, put),
      limits: { drifts: 1, faults: 0 },
      says: 'served as locked, but for notes/get_note changed: title',
    },
    {
      name: 'empty schemas exactly at the limit',
      ...over({
        lock: aLock({ notes: aServer([get, aTool('x', { inputSchema: {} })]), crm }),
        served: { notes: served(get, aTool('x', { inputSchema: {} })), crm: { status: 'listed', server: crm } },
      }),
      limits: { drifts: 0, faults: 1 },
      says: 'but for notes/x has an input schema that has no type',
    },
  ],
  fail: [
    {
      name: 'one difference more than the limit, newly gained authority first',
      ...listing({ ...get, title: 'Get' }, { ...put, annotations: { readOnlyHint: false } }),
      limits: { drifts: 1, faults: 0 },
      says: 'what is served is not what is locked: notes/put_note changed: it may write',
    },
    {
      name: 'a tool is new',
      ...listing(get, put, aTool('wire_money')),
      limits,
      says: 'notes/wire_money added: new, without annotations',
    },
    {
      name: 'a server is not in the lock',
      ...over({ lock: aLock({ notes: aServer([get, put]) }) }),
      limits,
      says: 'server crm added: new, with 1 tools',
    },
    {
      name: 'a locked server is declared no more',
      ...over({ lock: aLock({ notes: aServer([get, put]), crm, old: crm }) }),
      limits,
      says: 'server old removed',
    },
    {
      name: 'one server tells the model something else, while another cannot be listed',
      ...over({ served: { notes: { status: 'listed', server: aServer([get, put], 'Do') }, crm: FAILED } }),
      limits,
      says: 'server notes tells the model something else',
    },
    {
      name: 'a schema that has no type, although nothing is locked',
      ...over({
        lock: { status: 'absent', path: 'aigate.lock' },
        served: { notes: served(aTool('a', { inputSchema: { $schema: 'x' } })) },
      }),
      limits,
      says: 'definitions that say too little: notes/a has an input schema that has no type',
    },
    {
      name: 'a locked schema of a server that cannot be listed',
      ...over({ lock: aLock({ notes: aServer([aTool('a', { inputSchema: { type: 'string' } })]) }), served: {} }),
      limits,
      says: 'notes/a has an input schema that has type "string" instead of object',
    },
    {
      name: 'a name is listed twice',
      ...over({ lock: { status: 'absent', path: 'aigate.lock' }, served: { notes: served(get, get) } }),
      limits,
      says: 'notes/get_note is listed twice',
    },
  ],
  inconclusive: [
    {
      name: 'there is no lock',
      ...over({ lock: { status: 'absent', path: 'aigate.lock' } }),
      limits,
      says: 'aigate.lock is not there',
    },
    {
      name: 'the lock was edited',
      ...over({ lock: { status: 'invalid', path: 'aigate.lock', reason: 'aigate.lock: notes was changed by hand' } }),
      limits,
      says: 'the lock cannot be used: aigate.lock: notes was changed by hand',
    },
    {
      name: 'a server cannot be listed',
      ...over({ served: { notes: FAILED, crm: { status: 'listed', server: crm } } }),
      limits,
      says: 'what is served now is not known: server notes: it did not answer [MCP_TIMEOUT]',
    },
    { name: 'no server was asked', ...over({ served: {} }), limits, says: 'notes was not asked; crm was not asked' },
  ],
});
