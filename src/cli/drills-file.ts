import { createHash } from 'node:crypto';
import type { Drills } from '../contract/drill-run.ts';
import { canonicalJson } from '../contract/json.ts';
import type { ArtifactRef } from '../contract/result.ts';
import { OPTIONAL_FILES } from './bundle-files.ts';

/** Content of the file with the drills in a bundle. */
export function drillsText(drills: Drills): string {
  return `${canonicalJson(drills)}\n`;
}

/** The file as findings cite it; undefined = there were no drills. */
export function drillsArtifact(drills: Drills | undefined): ArtifactRef | undefined {
  if (drills === undefined) return undefined;
  const sha256 = createHash('sha256').update(drillsText(drills)).digest('hex');
  return { id: 'drills', path: OPTIONAL_FILES.drills, sha256 };
}
