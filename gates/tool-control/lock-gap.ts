import type { Inspection } from '../../src/contract/inspection.ts';
import type { ServerGap } from './offered-tools.ts';

const REMEDY = 'Run aigate tools lock, review aigate.lock and commit it.';

/** Why there is nothing to compare with, or undefined when there is a lock. */
export function lockGap({ lock }: Inspection): ServerGap | undefined {
  if (lock?.status === 'read') return undefined;
  const missing = { input: 'a lock of tool definitions and prompts', remedy: REMEDY };
  if (lock === undefined) return { message: 'the manifest declares no lock', missing };
  if (lock.status === 'invalid') return { message: `the lock cannot be used: ${lock.reason}`, missing };
  return { message: `${lock.path} is not there: nothing says which definitions were reviewed`, missing };
}
