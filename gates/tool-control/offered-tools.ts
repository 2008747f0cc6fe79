import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { inspectedRef } from '../../src/contract/inspected-ref.ts';
import type { Inspection } from '../../src/contract/inspection.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { LockedServer, LockedTool } from '../../src/contract/served/served-tools.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';

/** A server whose definitions are known: as it serves them now, else as they were locked. */
export interface KnownServer {
  readonly name: string;
  readonly isListed: boolean;
  readonly server: LockedServer;
  readonly ref: EvidenceRef;
}

/** A tool that a server offers and the agent lets through. */
export interface OfferedTool {
  readonly server: string;
  readonly tool: LockedTool;
  /** Undefined = the manifest does not declare it. */
  readonly policy: ToolPolicy | undefined;
  readonly ref: EvidenceRef;
}

/** The declared servers of which anything is known, by name. */
export function knownServers(plan: Plan, { lock, served }: Inspection): readonly KnownServer[] {
  const locked = lock?.status === 'read' ? lock : undefined;
  return Object.keys(plan.mcp).flatMap((name): KnownServer[] => {
    const reading = served[name];
    if (reading?.status === 'listed') {
      return [{ name, isListed: true, server: reading.server, ref: manifestRef(plan, pointerOf('mcp', name)) }];
    }
    const server = locked?.lock.servers[name];
    if (locked === undefined || server === undefined) return [];
    return [{ name, isListed: false, server, ref: { ...inspectedRef(locked), pointer: pointerOf('servers', name) } }];
  });
}

/** Every tool of these servers that the agent lets through. */
export function offeredTools(servers: readonly KnownServer[], plan: Plan): readonly OfferedTool[] {
  return servers.flatMap(({ name, server, ref }) => {
    const only = plan.mcp[name]?.only;
    const tools = only === undefined ? server.tools : server.tools.filter((tool) => only.includes(tool.name));
    return tools.map((tool) => ({ server: name, tool, policy: policyOf(plan, name, tool.name), ref }));
  });
}

/** Agents call a tool by its own name, or by one that names the server too. */
function policyOf({ tools }: Plan, server: string, tool: string): ToolPolicy | undefined {
  return declaredTool(tools, tool) ?? declaredTool(tools, `mcp__${server}__${tool}`);
}

/** For messages: `notes/write_note`. */
export function nameOf({
  server,
  tool,
}: {
  readonly server: string;
  readonly tool: { readonly name: string };
}): string {
  return `${showName(server)}/${showName(tool.name)}`;
}

export interface ServerGap {
  readonly message: string;
  readonly missing: MissingInput;
}

/** Why it is not known what the declared servers serve now, or undefined when all were listed. */
export function unlistedServers(plan: Plan, { served }: Inspection): ServerGap | undefined {
  const unlisted = Object.keys(plan.mcp).flatMap((name) => {
    const reading = served[name];
    if (reading?.status === 'listed') return [];
    return [reading === undefined ? `${showName(name)} was not asked` : `${reading.message} [${reading.code}]`];
  });
  if (unlisted.length === 0) return undefined;
  return {
    message: `what is served now is not known: ${unlisted.join('; ')}`,
    missing: {
      input: 'what the declared MCP servers serve',
      remedy: 'Run aigate tools lock --check where the servers can be started, and mend what it says.',
    },
  };
}

/** What is missing while the folder of the workload was not looked at. */
export const MISSING_INSPECTION = {
  outcome: 'inconclusive',
  message: 'the folder of the workload was not looked at',
  missing: { input: 'the files of the workload', remedy: 'Run the check in the folder of the workload.' },
  evidence: [],
} as const;
