import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import type { EvidenceRef } from '../../../src/contract/evidence.ts';
import type { InspectedFile, Inspection } from '../../../src/contract/inspection.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { allOf } from '../all-of.ts';
import { judgeAge } from '../file-age.ts';
import { judgeNames } from '../runbook-verdict.ts';

const POINTER = '/evidence/runbook';

export default defineCheck({
  meta: {
    id: 'evidence/runbook',
    title: 'The runbook is there and names what takes over, who takes over and what is watched',
    severity: 'advisory',
    why: 'At night, whoever is on call has only the runbook: what it does not name is not switched to, not called and not looked at.',
    remediation: [
      'Keep the runbook as a text beside the manifest and declare it under evidence.runbook.',
      'Name in it every fallback model, the queue that takes over and every monitor, with what to do about each.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:MANAGE-2.3',
      'NIST-AI-RMF:MANAGE-2.4',
      'ISO-42001:A.6.2.6',
      'EU-AI-ACT:14(4)(e)',
      'DORA:11(2)',
      'SOC2:CC7.5',
    ],
    kinds: INSPECTED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    unnamed: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Declared fallbacks, queues and monitors that the runbook does not name',
    }),
    ageDays: optional(maximum({ unit: 'days', description: 'Days since the runbook was last changed' })),
  },
  inspects: true,
  evaluate(_seen, { unnamed, ageDays }, { plan, inspection }): CheckResult {
    const files = inspection?.files[POINTER];
    const [file, ...others] = files ?? [];
    if (plan.evidence.runbook === undefined) return undeclared(plan);
    if (inspection === undefined || files === undefined) return AN_ADDRESS;
    if (file === undefined) return fault('the declared runbook is not there', manifestRef(plan, POINTER));
    return allOf([
      judgeNames([file, ...others], { plan, inspection, unnamed }),
      ...judgeAgeBy(ageDays, files, { plan, inspection }),
    ]);
  },
});

const AN_ADDRESS: CheckResult = {
  outcome: 'inconclusive',
  message: 'the declared runbook is no file beside the manifest, and an address is not opened',
  missing: {
    input: 'the text of the runbook',
    remedy: 'Keep a copy of the runbook beside the manifest and declare its path under evidence.runbook.',
  },
  evidence: [],
};

function undeclared(plan: Plan): CheckResult {
  const message = 'no runbook is declared: nothing says what to do when the workload fails';
  const ref = manifestRef(plan, POINTER);
  if (plan.workload.lane !== 'experimental') return fault(message, ref);
  const remedy = 'Declare under evidence.runbook the path of a text that says what to do when the workload fails.';
  return { outcome: 'inconclusive', message, missing: { input: 'a runbook', remedy }, evidence: [ref] };
}

function fault(message: string, ref: EvidenceRef): CheckResult {
  const compared = { measured: { value: 0, unit: 'count' }, limit: { value: 1, unit: 'count' }, n: 0 } as const;
  return { outcome: 'fail', ...compared, message, evidence: [ref] };
}

interface LookedAt {
  readonly plan: Plan;
  readonly inspection: Inspection;
}

function judgeAgeBy(
  ageDays: number | undefined,
  files: readonly InspectedFile[],
  { plan, inspection }: LookedAt,
): CheckResult[] {
  if (ageDays === undefined) return [];
  const limit = { value: ageDays, unit: 'days' } as const;
  return [judgeAge({ name: 'the runbook', files, limit, limitName: 'ageDays' }, plan, inspection)];
}
