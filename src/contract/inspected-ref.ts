import type { EvidenceRef } from './evidence.ts';
import type { InspectedFile, InspectedPlace, Inspection } from './inspection.ts';

/** Id under which results list a file that was looked at. */
export function inspectedArtifact(path: string): string {
  return `files/${path}`;
}

/** A file that was looked at, or a line in it, as evidence. */
export function inspectedRef({ path, line = 1 }: Pick<InspectedFile, 'path'> & Partial<InspectedPlace>): EvidenceRef {
  return { artifact: inspectedArtifact(path), line, pointer: '' };
}

/** Path → SHA-256 of every file that evidence may cite. */
export function inspectedDigests({ files, scan, lock }: Inspection): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(scan?.digests ?? {}),
    ...(lock?.status === 'read' ? [[lock.path, lock.sha256] as const] : []),
    ...Object.values(files)
      .flat()
      .map(({ path, sha256 }) => [path, sha256] as const),
  ]);
}
