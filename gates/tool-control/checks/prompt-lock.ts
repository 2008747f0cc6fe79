import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import type { EvidenceRef } from '../../../src/contract/evidence.ts';
import { inspectedRef } from '../../../src/contract/inspected-ref.ts';
import type { InspectedFile, Inspection } from '../../../src/contract/inspection.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { listShown } from '../../../src/contract/list-shown.ts';
import { pointerOf } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { describeDrift } from '../../../src/contract/served/describe-drift.ts';
import { type Drift, lockDrift } from '../../../src/contract/served/lock-drift.ts';
import { lockedFiles } from '../../../src/contract/served/locked-files.ts';
import type { LockReading } from '../../../src/contract/served/served-tools.ts';
import { WITNESS_LIMIT, witnessesOf } from '../../../src/contract/witness.ts';
import { lockGap } from '../lock-gap.ts';
import { MISSING_INSPECTION } from '../offered-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/prompt-lock',
    title: 'Every prompt, skill and other artifact is the one that was locked',
    severity: 'blocker',
    why: 'A prompt decides what an agent does with its tools as much as code does: changed unseen, it takes away a rule that everybody relies on.',
    remediation: [
      'Review what changed in each named file.',
      'Run aigate tools lock, and commit the lock with the file.',
      'Record runs of the release and test again.',
    ],
    controls: ['NIST-AI-RMF:MAP-4.1', 'ISO-42001:A.6.2.3', 'EU-AI-ACT:15(5)', 'SOC2:CC8.1', 'OWASP-ASI:ASI04'],
    kinds: INSPECTED_KINDS,
    subject: 'lock',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    files: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Artifacts that differ from the lock, are new or are gone',
    }),
  },
  inspects: true,
  evaluate(_seen, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined) return MISSING_INSPECTION;
    const { lock } = inspection;
    const gap = lockGap(inspection);
    if (gap !== undefined || lock?.status !== 'read') {
      return { outcome: 'inconclusive', ...(gap ?? MISSING_INSPECTION), evidence: [] };
    }
    const files = artifactsOf(plan, inspection);
    const changed = changesOf(files, lock);
    const compared = {
      measured: { value: changed.length, unit: 'count' },
      limit: { value: limits.files, unit: 'count' },
      limitName: 'files',
      n: files.length,
    } as const;
    if (files.length === 0 && changed.length === 0) return { outcome: 'inconclusive', ...compared, ...NO_ARTIFACTS };
    const named = changed.length === 0 ? '' : `: ${listShown(changed.map(describeDrift))}`;
    const message = `${quantity(changed.length, 'difference')} from ${lock.path} in ${quantity(files.length, 'artifact')}${named}`;
    const places = changed.map((drift) => ({ value: 0, ref: placeOf(drift, files, lock) })).slice(0, WITNESS_LIMIT);
    if (changed.length > limits.files) return { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
    return { outcome: 'pass', ...compared, message, evidence: places.map(({ ref }) => ref) };
  },
});

const NO_ARTIFACTS = {
  message: 'no artifacts are declared or locked: nothing says which prompts and skills ship',
  missing: {
    input: 'the artifacts that ship',
    remedy: 'Declare under workload.artifacts the globs of prompts, skills and tool definitions.',
  },
  evidence: [],
} as const;

type ReadLock = Extract<LockReading, { readonly status: 'read' }>;

function artifactsOf(plan: Plan, { files }: Inspection): readonly InspectedFile[] {
  const found = plan.artifacts.flatMap((_, i) => files[pointerOf('workload', 'artifacts', i)] ?? []);
  return [...new Map(found.map((file) => [file.path, file])).values()].filter(({ path }) => path !== plan.lock);
}

function changesOf(files: readonly InspectedFile[], { path, lock }: ReadLock): readonly Drift[] {
  const now = { lockVersion: 1, servers: {}, files: lockedFiles(files, path) } as const;
  return lockDrift({ ...lock, servers: {} }, now);
}

/** The file itself, or where it is gone the line of the lock that names it. */
function placeOf(drift: Drift, files: readonly InspectedFile[], lock: ReadLock): EvidenceRef {
  const path = 'path' in drift ? drift.path : '';
  const isThere = files.some((file) => file.path === path);
  return isThere ? inspectedRef({ path }) : { ...inspectedRef(lock), pointer: pointerOf('files', path) };
}
