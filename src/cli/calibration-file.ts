import { createHash } from 'node:crypto';
import { canonicalJson } from '../contract/json.ts';
import type { Calibration } from '../contract/judge.ts';
import type { ArtifactRef } from '../contract/result.ts';
import { OPTIONAL_FILES } from './bundle-files.ts';

/** Content of the file in a bundle that says how the judge did on labelled items. */
export function calibrationText(calibration: Calibration): string {
  return `${canonicalJson(calibration)}\n`;
}

/** The file as findings cite it; undefined = no judge was asked. */
export function calibrationArtifact(calibration: Calibration | undefined): ArtifactRef | undefined {
  if (calibration === undefined) return undefined;
  const sha256 = createHash('sha256').update(calibrationText(calibration)).digest('hex');
  return { id: 'calibration', path: OPTIONAL_FILES.calibration, sha256 };
}
