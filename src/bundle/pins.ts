import { AigateError } from '../contract/errors.ts';
import { WORKLOAD_MANIFEST_FILE } from './layout.ts';
import type { Bundle } from './read-bundle.ts';
import type { ResultFacts } from './result-facts.ts';

/** What the caller expects, from a place the bundle cannot influence. Undefined is not checked; '' never matches. */
export interface Pins {
  /** Full commit id; a bundle of a work tree with changes never matches. */
  readonly commit?: string | undefined;
  /** `sha256:…` of what ships, as `aigate digest` prints it. */
  readonly artifactsDigest?: string | undefined;
  /** SHA-256 of the base policy file, hex. */
  readonly policySha256?: string | undefined;
  /** SHA-256 of the workload manifest, hex. */
  readonly manifestSha256?: string | undefined;
  readonly lane?: string | undefined;
  readonly stage?: string | undefined;
  readonly runId?: string | undefined;
  /** Oldest accepted evaluation in ms; checked apart from the others: see `verifyFreshness`. */
  readonly maxAgeMs?: number | undefined;
}

/** Names of what was compared and of what the caller left open. */
export interface PinCoverage {
  readonly checked: readonly string[];
  readonly notChecked: readonly string[];
}

/** @throws AigateError PIN_MISMATCH naming every pin that differs, what was expected and what was found */
export function verifyPins(bundle: Bundle, facts: ResultFacts, pins: Pins): PinCoverage {
  const { release, policies } = facts.plan;
  const rows: readonly (readonly [name: string, expected: string | undefined, found: string])[] = [
    ['commit', pins.commit, commitOf(release)],
    ['artifacts digest', pins.artifactsDigest, release.artifactsDigest],
    ['policy', pins.policySha256, policies[0]?.sha256 ?? 'no policy'],
    ['workload manifest', pins.manifestSha256, bundle.entry(WORKLOAD_MANIFEST_FILE).sha256],
    ['lane', pins.lane, facts.lane],
    ['stage', pins.stage, facts.stage],
    ['run id', pins.runId, facts.runId],
  ];
  const differing = rows.filter(([, expected, found]) => expected !== undefined && expected !== found);
  if (differing.length > 0) {
    const list = differing.map(([name, expected, found]) => `${name}: expected "${expected}", found "${found}"`);
    throw new AigateError('PIN_MISMATCH', list.join('; '), {
      hint: 'This bundle is not about what you are releasing.',
    });
  }
  return {
    checked: rows.filter(([, expected]) => expected !== undefined).map(([name]) => name),
    notChecked: rows.filter(([, expected]) => expected === undefined).map(([name]) => name),
  };
}

function commitOf({ revision, isDirty }: ResultFacts['plan']['release']): string {
  if (revision === undefined) return 'no commit';
  return isDirty === false ? revision : `${revision} with changes that are not committed`;
}
