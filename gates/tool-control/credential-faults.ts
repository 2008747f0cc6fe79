import { pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { McpServer } from '../../src/contract/served/served-tools.ts';
import { formatMeasurement } from '../../src/contract/units.ts';
import { type DeclarationFault, toolsOf } from './declaration-faults.ts';

/** What is wrong or missing in how the agent, its tools and their servers get their credentials. */
export function credentialFaults(plan: Plan, mostMs: number): DeclarationFault[] {
  return [
    ...ofIdentity(plan, mostMs),
    ...toolsOf(plan).flatMap(([name, { credentials }]) =>
      credentials === undefined ? [] : ofSource(credentials, { name, path: ['tools', name, 'credentials'], mostMs }),
    ),
    ...Object.entries(plan.mcp).flatMap(([name, server]) => ofServer(name, server)),
  ];
}

/** How many declarations `credentialFaults` looks through. */
export function countCredentials(plan: Plan): number {
  const ofTools = toolsOf(plan).filter(([, { credentials }]) => credentials !== undefined).length;
  return 1 + ofTools + Object.keys(plan.mcp).length;
}

/** Accounts of everybody, or of nobody in particular. */
const SHARED = /^(?:root|admin|administrator|shared|everyone|service|system|default|team|user|test|guest)$/i;

function ofIdentity({ workload: { name, identity } }: Plan, mostMs: number): DeclarationFault[] {
  if (identity === undefined) {
    const text = 'workload.identity is not declared: nobody knows in whose name it acts';
    return [{ kind: 'missing', text, pointer: '/workload' }];
  }
  const { principal, credentials } = identity;
  const pointer = '/workload/identity';
  const text = `${showName(principal)} is an account of many: what the agent did cannot be told from what others did`;
  const shared: DeclarationFault[] = SHARED.test(principal.trim()) ? [{ kind: 'wrong', text, pointer }] : [];
  if (credentials === undefined) {
    const silent = 'workload.identity.credentials is not declared';
    return [...shared, { kind: 'missing', text: silent, pointer }];
  }
  const at = { name, path: ['workload', 'identity', 'credentials'], mostMs };
  return [...shared, ...ofSource(credentials, at)];
}

interface Place {
  readonly name: string;
  readonly path: readonly string[];
  readonly mostMs: number;
}

/** Sources whose credentials stay the same until somebody changes them. */
const STATIC =
  /(?:^|[^a-z])(?:static|api[ _-]?keys?|passwords?|passphrase|pat|personal[ _-]access[ _-]tokens?|long[ _-]lived|hard[ _-]?coded|env|environment|dotenv|file)(?:$|[^a-z])/i;

function ofSource(
  { source, maxTtlMs }: { readonly source: string; readonly maxTtlMs: number | undefined },
  { name, path, mostMs }: Place,
): DeclarationFault[] {
  const pointer = pointerOf(...path);
  const whose = `credentials of ${showName(name)}`;
  if (STATIC.test(source)) {
    return [{ kind: 'wrong', text: `${whose} are static: ${showName(source)}`, pointer }];
  }
  if (maxTtlMs === undefined) {
    return [{ kind: 'missing', text: `${whose} say not how long they live (maxTtl)`, pointer }];
  }
  if (maxTtlMs <= mostMs) return [];
  const [value, limit] = [maxTtlMs, mostMs].map((ms) => ({ value: ms, unit: 'ms' }) as const);
  if (value === undefined || limit === undefined) return [];
  const text = `${whose} live ${formatMeasurement(value, limit)}, limit ${formatMeasurement(limit, limit)}`;
  return [{ kind: 'wrong', text, pointer: `${pointer}/maxTtl` }];
}

/** Names of variables and headers that hold credentials. */
const HOLDS_SECRET =
  /(?:^|[_-])(?:api[_-]?key|key|token|secret|password|passwd|pwd|credentials?|authorization|auth|cookie|pat)(?:$|[_-])/i;
/** A value that names where the secret is, instead of being it. */
const NAMES_PLACE = /^(?:env:[A-Za-z_]\w*|)$/;

/** Values that stand in the manifest are the same until somebody changes them, and everybody who reads it has them. */
function ofServer(name: string, { target }: McpServer): DeclarationFault[] {
  const [key, values] = target.type === 'command' ? ['env', target.env] : ['headers', target.headers];
  return Object.entries(values)
    .filter(([variable, value]) => HOLDS_SECRET.test(variable) && !NAMES_PLACE.test(value.trim()))
    .map(([variable]) => ({
      kind: 'wrong' as const,
      text: `${showName(variable)} of MCP server ${showName(name)} is written into the manifest`,
      pointer: pointerOf('mcp', name, key, variable),
    }));
}
