import type { Inspection } from '../inspection.ts';
import type { Plan } from '../plan.ts';
import type { ToolLock } from './served-tools.ts';

/** What was reviewed of the tool servers, and what they serve now, as two locks without files. */
export interface ServedAgainstLock {
  readonly before: ToolLock;
  readonly after: ToolLock;
}

/**
 * Undefined: no lock was read, so that there is nothing to compare with. A declared server that could not be listed is in
 * neither: nothing is known of it.
 */
export function servedAgainstLock(
  { mcp }: Pick<Plan, 'mcp'>,
  { lock, served }: Pick<Inspection, 'lock' | 'served'>,
): ServedAgainstLock | undefined {
  if (lock?.status !== 'read') return undefined;
  const listed = Object.entries(served).flatMap(([name, reading]) =>
    reading.status === 'listed' ? [[name, reading.server] as const] : [],
  );
  const isKnown = ([name]: readonly [string, unknown]) =>
    !Object.hasOwn(mcp, name) || served[name]?.status === 'listed';
  const before = Object.fromEntries(Object.entries(lock.lock.servers).filter(isKnown));
  return {
    before: { lockVersion: 1, servers: before, files: {} },
    after: { lockVersion: 1, servers: Object.fromEntries(listed), files: {} },
  };
}
