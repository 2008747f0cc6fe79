import type { EvidenceRef } from '../../src/contract/evidence.ts';

const PREFIX = 'recordings/';

/** Index of the declared source that a place lies in, as the id of its artifact says; −1 for a place in no recording. */
export function sourceIndex({ artifact }: EvidenceRef): number {
  return artifact.startsWith(PREFIX) ? Number(artifact.slice(PREFIX.length)) : -1;
}
