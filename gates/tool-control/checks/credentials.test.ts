import type { Identity, Plan } from '../../../src/contract/plan.ts';
import type { McpServer } from '../../../src/contract/served/served-tools.ts';
import { aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './credentials.ts';

const limits = { lifetimeMs: 900_000, faults: 0 };
const own: Identity = { principal: 'svc-fraud-review', credentials: { source: 'oidc', maxTtlMs: 900_000 } };
const workload = aPlan().workload;
const of = (identity: Identity | undefined, more: Partial<Plan> = {}, lane: typeof workload.lane = 'production') => ({
  seen: {},
  limits,
  context: {
    plan: aPlan({ workload: { ...workload, identity, lane }, manifestLines: { '': 1, '/mcp/gh/env': 4 }, ...more }),
  },
});
const server = (target: McpServer['target']): Partial<Plan> => ({
  mcp: { gh: { target, capabilities: [], only: undefined, timeoutMs: 1 } },
});
const started = (env: Record<string, string>) =>
  server({ type: 'command', command: ['gh-mcp'], passEnv: ['TOKEN'], env });
const called = (headers: Record<string, string>) => server({ type: 'http', url: 'https://x.example', headers });
const pay = (source: string, maxTtlMs: number | undefined): Partial<Plan> => ({
  tools: { pay: { effect: 'irreversible', approve: 'always', credentials: { source, maxTtlMs } } },
});
const lasting = (maxTtlMs: number): Identity => ({ ...own, credentials: { source: 'oidc', maxTtlMs } });

testCheck(check, {
  pass: [
    { name: 'its own account, as long as the limit', ...of(own), says: '1 declaration of credentials with an own' },
    { name: 'a tool has credentials of its own', ...of(own, pay('vault', 1_000)), says: '2 declarations' },
    { name: 'a server is given variables by name', ...of(own, started({ LOG_LEVEL: 'info' })), says: '2 declarations' },
    {
      name: 'a header names a variable',
      ...of(own, called({ Authorization: 'env:GH_TOKEN' })),
      says: '2 declarations',
    },
    { name: 'a key of a map is no secret', ...of(own, started({ MONKEY: 'x', KEYBOARD: 'y' })), says: '2' },
    { name: 'as many faults as the limit', ...of(lasting(900_001)), limits: { ...limits, faults: 1 }, says: 'except' },
  ],
  fail: [
    { name: 'nobody knows who it is', ...of(undefined), says: 'workload.identity is not declared' },
    { name: 'its credentials are not declared', ...of({ ...own, credentials: undefined }), says: 'credentials is not' },
    { name: 'they live longer', ...of(lasting(900_001)), says: 'live 900,001 ms, limit 900,000 ms' },
    { name: 'its account is that of many', ...of({ ...own, principal: 'Admin' }), says: 'Admin is an account of many' },
    { name: 'a tool has a static key', ...of(own, pay('static API key', 1)), says: 'credentials of pay are static' },
    { name: 'a tool does not say how long', ...of(own, pay('vault', undefined)), says: 'say not how long they live' },
    {
      name: 'a secret is written into the environment of a server',
      ...of(own, started({ GITHUB_TOKEN: 'hunter2' }), 'experimental'),
      says: 'GITHUB_TOKEN of MCP server gh is written into the manifest',
    },
    { name: 'or into its headers', ...of(own, called({ 'X-Api-Key': 'hunter2' })), says: 'X-Api-Key of MCP server gh' },
  ],
  inconclusive: [
    { name: 'an experiment may leave it open', ...of(undefined, {}, 'experimental'), says: 'is not declared' },
    { name: 'no tool is declared', ...of(own, { tools: undefined }), says: 'declares no tools' },
  ],
});
