import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { type Finding, isFailing } from '../../../src/contract/finding.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import judgedRuns from '../measures/judged-runs.ts';

export default defineCheck({
  meta: {
    id: 'evidence/risk-acceptance',
    title: 'A named risk owner answers for the residual risk and no open risk is left unaccepted',
    severity: 'blocker',
    why: 'When something goes wrong, nobody can say who knew of the open risk and agreed to run with it, and the decision was never really taken.',
    remediation: [
      'Name under evidence.riskOwner the person or role that answers for the residual risk, other than the owner of the workload.',
      'Resolve each named open finding: acceptances of single findings cannot be recorded in this version.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-1.4',
      'NIST-AI-RMF:MANAGE-1.3',
      'ISO-42001:A.6.2.7',
      'EU-AI-ACT:9(5)',
      'EU-AI-ACT:17(1)(d)',
      'DORA:9(4)(e)',
      'SOC2:CC4.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { judgedRuns },
  limits: {
    open: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Blocking findings of the other gates that are open and that nobody accepted',
    }),
  },
  evaluate({ judgedRuns: { runs } }, limits, { plan, findings }): CheckResult {
    const owner = plan.evidence.riskOwner?.trim() ?? '';
    const ref = manifestRef(plan, '/evidence/riskOwner');
    const unowned = whyUnowned(owner, plan);
    if (unowned !== undefined) {
      return {
        outcome: 'fail',
        measured: { value: 0, unit: 'count' },
        limit: { value: 1, unit: 'count' },
        n: runs,
        message: unowned,
        evidence: [ref],
      };
    }
    const blocking = findings.filter(({ severity }) => severity === 'blocker');
    const failing = blocking.filter(isFailing);
    const undecided = blocking.filter(({ outcome }) => outcome === 'inconclusive');
    const advisory = advisoryText(findings);
    const compared = {
      measured: { value: failing.length, unit: 'count' },
      limit: { value: limits.open, unit: 'count' },
      limitName: 'open',
      n: runs,
    } as const;
    if (failing.length > limits.open) {
      const message = `${quantity(failing.length, 'open risk')} that nobody has accepted: ${idsOf(failing)}${advisory}`;
      return { outcome: 'fail', ...compared, message, evidence: [ref] };
    }
    if (blocking.length === 0 || undecided.length > 0) {
      const message =
        blocking.length === 0
          ? 'no other gate has a blocking finding, so nothing shows which risks are open'
          : `the residual risk is not known until these decide: ${idsOf(undecided)}${advisory}`;
      return { outcome: 'inconclusive', ...compared, message, missing: MISSING_ANSWERS, evidence: [ref] };
    }
    const message = `${showName(owner)} answers for the residual risk; ${quantity(failing.length, 'open risk')} in ${quantity(blocking.length, 'blocking finding')} of the other gates${advisory}`;
    return { outcome: 'pass', ...compared, message, evidence: [ref] };
  },
});

const MISSING_ANSWERS = {
  input: 'conclusive findings of the other gates',
  remedy: 'Supply what the inconclusive findings name, and test again.',
};

function whyUnowned(owner: string, { workload }: Plan): string | undefined {
  if (owner === '') return 'no risk owner is declared: nobody answers for the residual risk';
  const isSame = owner.toLowerCase() === workload.owner.trim().toLowerCase();
  if (!isSame || workload.lane !== 'production') return undefined;
  return `${showName(owner)} owns the workload and its risk: nobody else has accepted the residual risk`;
}

function advisoryText(findings: readonly Finding[]): string {
  const failing = findings.filter((finding) => finding.severity === 'advisory' && isFailing(finding));
  return failing.length > 0 ? `; advisory and to be accepted as well: ${idsOf(failing)}` : '';
}

function idsOf(findings: readonly Finding[]): string {
  return findings.map(({ checkId }) => checkId).join(', ');
}
