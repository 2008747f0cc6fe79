import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { listNames } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatNumber, round12 } from '../../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import bindings, { type Bindings } from '../measures/bindings.ts';

export default defineCheck({
  meta: {
    id: 'evidence/run-binding',
    title: 'Every run was recorded against what is about to ship',
    severity: 'blocker',
    why: 'Runs of another prompt, model or code, or of a test system passed off as production, prove nothing about the release that customers get.',
    remediation: [
      'Run aigate digest in the release and set the resource attribute aigate.artifacts.digest to what it prints.',
      'Declare the true origin of each source, and leave recordings of earlier releases out.',
      'Record runs of the release and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.1',
      'NIST-AI-RMF:MEASURE-2.8',
      'ISO-42001:A.6.2.8',
      'EU-AI-ACT:12(1)',
      'DORA:9(4)(e)',
      'SOC2:CC8.1',
      'OWASP-ASI:ASI10',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { bindings },
  limits: {
    ratio: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 1,
      description: 'Share of runs whose recorded digest or revision is that of the release',
    }),
  },
  evaluate({ bindings: seen }, limits, { plan }): CheckResult {
    const { bound, unbound, mismatched } = seen.runs;
    const runs = bound + unbound + mismatched;
    const share = round12(bound / runs);
    const compared = {
      measured: { value: share, unit: 'ratio' },
      limit: { value: limits.ratio, unit: 'ratio' },
      limitName: 'ratio',
      n: runs,
    } as const;
    if (seen.environments.total > 0) return wrongEnvironment(seen, runs);
    const possible = round12((bound + unbound) / runs);
    if (possible < limits.ratio) {
      const message = mismatchText(seen, runs, plan);
      const shares = { measured: { value: possible, unit: 'ratio' }, estimate: compared.measured } as const;
      const evidence = witnessesOf(seen.witnesses.mismatched);
      return { outcome: 'fail', ...compared, ...shares, message, evidence };
    }
    if (share < limits.ratio || bound === 0) {
      const message = `${formatNumber(unbound)} of ${quantity(runs, 'run')} do not say which release they ran`;
      const missing = {
        input: 'runs bound to this release',
        remedy: `Record with the resource attribute aigate.artifacts.digest=${plan.release.artifactsDigest} (printed by aigate digest).`,
      };
      return { outcome: 'inconclusive', ...compared, message, missing, evidence: refsOf(seen.witnesses.unbound) };
    }
    const rest = mismatched > 0 ? `; ${mismatchText(seen, runs, plan)}` : '';
    const message = `${formatNumber(bound)} of ${quantity(runs, 'run')} were recorded against this release${rest}`;
    return { outcome: 'pass', ...compared, message, evidence: refsOf(seen.witnesses.mismatched) };
  },
});

/** A false declaration of origin is no matter of degree, so no limit tolerates it. */
function wrongEnvironment({ environments, witnesses }: Bindings, runs: number): CheckResult {
  return {
    outcome: 'fail',
    measured: { value: environments.total, unit: 'count' },
    limit: { value: 0, unit: 'count' },
    n: runs,
    message: `${quantity(environments.total, 'run')} of sources declared as production recorded in another environment: ${listNames(environments, 3)}`,
    evidence: witnessesOf(witnesses.environment),
  };
}

function mismatchText({ runs: { mismatched }, others }: Bindings, runs: number, { release }: Plan): string {
  return `${formatNumber(mismatched)} of ${quantity(runs, 'run')} were recorded against another release: ${listNames(others, 3)}; this release is ${release.artifactsDigest}`;
}
