import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import type { EvidenceRef } from '../../../src/contract/evidence.ts';
import { inspectedRef } from '../../../src/contract/inspected-ref.ts';
import type { Inspection } from '../../../src/contract/inspection.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef, pointerOf } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { WITNESS_LIMIT, witnessesOf } from '../../../src/contract/witness.ts';
import { MISSING_HISTORY } from '../history.ts';

export default defineCheck({
  meta: {
    id: 'evidence/artifact-pins',
    title: 'Every prompt, skill and tool definition that ships is there and committed',
    severity: 'advisory',
    why: 'A prompt that is in no commit cannot be brought back: after a bad change nobody knows what the good one said.',
    remediation: [
      'Commit every named file, and correct each glob that names none.',
      'Remove files that are empty, or write what belongs into them.',
      'Run aigate digest again and record runs of the release.',
    ],
    controls: ['NIST-AI-RMF:MAP-4.1', 'ISO-42001:A.6.2.3', 'EU-AI-ACT:11(1)', 'DORA:9(4)(e)', 'SOC2:CC8.1'],
    kinds: INSPECTED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    unpinned: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Declared artifacts that are not there, empty or in no commit',
    }),
  },
  inspects: true,
  evaluate(_seen, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined || plan.artifacts.length === 0) return UNDECLARED;
    const faults = faultsOf(plan, inspection);
    const paths = new Set(plan.artifacts.flatMap((_, index) => filesOf(inspection, index).map(({ path }) => path)));
    const compared = {
      measured: { value: faults.length, unit: 'count' },
      limit: { value: limits.unpinned, unit: 'count' },
      limitName: 'unpinned',
      n: paths.size,
    } as const;
    const named = faults.length === 0 ? '' : `: ${listFaults(faults)}`;
    const message = `${quantity(faults.length, 'fault')} in ${quantity(paths.size, 'artifact')} of ${quantity(plan.artifacts.length, 'glob')}${named}`;
    const places = faults.map(({ ref }) => ({ value: 0, ref })).slice(0, WITNESS_LIMIT);
    if (faults.length > limits.unpinned) {
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
    }
    if (inspection.hasHistory !== true) {
      const unknown = `${message}; whether they are committed is not known`;
      return { outcome: 'inconclusive', ...compared, message: unknown, missing: MISSING_HISTORY, evidence: [] };
    }
    return { outcome: 'pass', ...compared, message, evidence: places.map(({ ref }) => ref) };
  },
});

const UNDECLARED: CheckResult = {
  outcome: 'inconclusive',
  message: 'no artifacts are declared: nothing says which prompts, skills and tool definitions ship',
  missing: {
    input: 'the artifacts that ship',
    remedy: 'Declare under workload.artifacts the globs of prompts, skills and tool definitions.',
  },
  evidence: [],
};

interface Fault {
  readonly subject: string;
  readonly reason: 'is not there' | 'is empty' | 'is in no commit';
  readonly ref: EvidenceRef;
}

function faultsOf(plan: Plan, inspection: Inspection): Fault[] {
  const faults = new Map<string, Fault>();
  for (const [index, glob] of plan.artifacts.entries()) {
    const files = filesOf(inspection, index);
    const ref = manifestRef(plan, pointerOf('workload', 'artifacts', index));
    if (files.length === 0) faults.set(`glob ${glob}`, { subject: glob, reason: 'is not there', ref });
    for (const file of files) {
      const isLost = inspection.hasHistory === true && file.changedAt === undefined;
      const reason = file.bytes === 0 ? 'is empty' : isLost ? 'is in no commit' : undefined;
      if (reason !== undefined) faults.set(file.path, { subject: file.path, reason, ref: inspectedRef(file) });
    }
  }
  return [...faults.values()];
}

function filesOf({ files }: Inspection, index: number): Inspection['files'][string] {
  return files[pointerOf('workload', 'artifacts', index)] ?? [];
}

function listFaults(faults: readonly Fault[]): string {
  const rest = faults.length - WITNESS_LIMIT;
  const listed = faults.slice(0, WITNESS_LIMIT).map(({ subject, reason }) => `${showName(subject)} ${reason}`);
  return [...listed, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
