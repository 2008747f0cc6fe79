import type { Inspection } from '../../contract/inspection.ts';
import type { Json } from '../../contract/json.ts';
import type { Plan } from '../../contract/plan.ts';
import type { LockedServer, LockReading, ServedReading } from '../../contract/served/served-tools.ts';
import { type AskingTools, askServers } from './ask-servers.ts';
import { readLock } from './read-lock.ts';

export interface ServedTools extends AskingTools {
  readonly redact: (text: string) => string;
}

/** The lock, and what the declared servers serve now, redacted. @throws AigateError FILE_UNREADABLE; the reason of an abort */
export async function inspectServed(plan: Plan, tools: ServedTools): Promise<Pick<Inspection, 'lock' | 'served'>> {
  const { redact } = tools;
  const [lock, asked] = await Promise.all([
    plan.lock === undefined ? undefined : readLock(tools.root, plan.lock),
    askServers(plan.mcp, tools),
  ]);
  const served = asked.map((one): [string, ServedReading] => {
    if (one.status === 'listed') return [one.name, { status: 'listed', server: redactServer(one.server, redact) }];
    const { code, message } = one.error;
    return [one.name, { status: 'failed', code, message: redact(message) }];
  });
  return { lock: lock && redactLock(lock, redact), served: Object.fromEntries(served) };
}

function redactLock(reading: LockReading, redact: (text: string) => string): LockReading {
  if (reading.status !== 'read') return reading;
  const servers = Object.entries(reading.lock.servers).map(([name, server]) => [name, redactServer(server, redact)]);
  return { ...reading, lock: { ...reading.lock, servers: Object.fromEntries(servers) } };
}

/** Digests stay those of the clear text: what is compared is what was served. */
function redactServer(server: LockedServer, redact: (text: string) => string): LockedServer {
  const { instructions, tools } = server;
  return {
    ...server,
    instructions: instructions === undefined ? undefined : redact(instructions),
    tools: tools.map((tool) => {
      const members = Object.entries(tool.definition).map(([key, value]) => [key, redactTexts(value, redact)]);
      return { ...tool, definition: { ...Object.fromEntries(members), name: tool.name } };
    }),
  };
}

/** The same value with every text in it redacted; the names of members stay. */
function redactTexts(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => redactTexts(item, redact));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactTexts(member, redact)]));
}
