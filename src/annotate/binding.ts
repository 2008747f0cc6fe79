import type { Binding } from '../contract/evidence.ts';
import type { ReleaseIdentity } from '../contract/plan.ts';
import type { Run } from '../contract/run.ts';

/**
 * Whether a run belongs to what is about to ship. A recorded artifact digest decides alone; without one the recorded
 * revision does, but equal revisions bind only a work tree without changes.
 */
export function bindingOf(
  { artifactsDigest, revision }: Pick<Run, 'artifactsDigest' | 'revision'>,
  release: ReleaseIdentity,
): Binding {
  if (artifactsDigest !== undefined) {
    return digest(artifactsDigest) === digest(release.artifactsDigest) ? 'bound' : 'mismatched';
  }
  if (revision === undefined || release.revision === undefined) return 'unbound';
  const recorded = revision.trim().toLowerCase();
  if (!COMMIT.test(recorded)) return 'unbound';
  if (!release.revision.toLowerCase().startsWith(recorded)) return 'mismatched';
  return release.isDirty === false ? 'bound' : 'unbound';
}

/** A commit id, whole or shortened as git shortens it. A tag or a version says nothing about the commit. */
const COMMIT = /^[0-9a-f]{7,64}$/;

/** Exporters write digests with or without their algorithm, in either case. */
function digest(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^sha256:/, '');
}
