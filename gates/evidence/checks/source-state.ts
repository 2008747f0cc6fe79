import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';

export default defineCheck({
  meta: {
    id: 'evidence/source-state',
    title: 'What ships is a commit, without a change that is not in it',
    severity: 'advisory',
    why: 'When an incident has to be explained or undone, a release that was built from changes nobody committed cannot be found again.',
    remediation: [
      'Commit the changes, or undo them.',
      'Record runs of that commit with the attribute vcs.ref.head.revision, and test again in a clean work tree.',
    ],
    controls: ['NIST-AI-RMF:GOVERN-1.4', 'ISO-42001:A.6.2.3', 'EU-AI-ACT:11(1)', 'DORA:9(4)(e)', 'SOC2:CC8.1'],
    kinds: INSPECTED_KINDS,
    subject: 'release-stage',
    since: '2026-11-25',
  },
  needs: {},
  limits: {},
  inspects: true,
  evaluate(_seen, _limits, { plan }): CheckResult {
    const { revision, isDirty } = plan.release;
    if (revision === undefined || isDirty === undefined) return UNKNOWN_COMMIT;
    if (isDirty) {
      const message = `what ships differs from commit ${showName(revision)}: the manifest, an artifact or code has changes that are not committed`;
      return { outcome: 'fail', ...changed(1), message, evidence: [manifestRef(plan, '/workload')] };
    }
    if (plan.code.length === 0) return UNKNOWN_CODE;
    const message = `manifest, artifacts and code are those of commit ${showName(revision)}`;
    return { outcome: 'pass', ...changed(0), message, evidence: [] };
  },
});

const UNKNOWN_COMMIT: CheckResult = {
  outcome: 'inconclusive',
  message: 'the workload is not in a git work tree',
  missing: {
    input: 'the commit that ships',
    remedy: 'Run the check in a git work tree with at least one commit.',
  },
  evidence: [],
};

const UNKNOWN_CODE: CheckResult = {
  outcome: 'inconclusive',
  message: 'no code is declared, so changes of it are not seen',
  missing: { input: 'the code that ships', remedy: 'Declare under workload.code the globs of the code that ships.' },
  evidence: [],
};

/** Whether anything that ships is changed is all that is known, not how much. */
function changed(value: 0 | 1) {
  return { measured: { value, unit: 'count' }, limit: { value: 0, unit: 'count' }, n: 1 } as const;
}
