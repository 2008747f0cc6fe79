import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { listNames } from '../../../src/contract/name-counts.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import servedModels, { type ServedModels } from '../measures/served-models.ts';

export default defineCheck({
  meta: {
    id: 'provider-dependency/served-model',
    title: 'Every call is answered by the declared model that was requested',
    severity: 'blocker',
    why: 'A provider or gateway that answers with another model changes quality, cost and refusals without a release: everything that was tested was tested on something else.',
    remediation: [
      'Pin the model in the request and turn off silent rerouting in the provider or gateway.',
      'Declare each model that the workload is meant to call under models in the manifest.',
      'Record new runs and test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-6.1',
      'NIST-AI-RMF:MANAGE-3.1',
      'NIST-AI-RMF:MANAGE-3.2',
      'ISO-42001:A.10.3',
      'ISO-42001:A.4.4',
      'DORA:28(8)',
      'SOC2:CC9.2',
      'OWASP-ASI:ASI04',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { servedModels },
  limits: {
    calls: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Model calls to an undeclared model or answered by another than the requested one',
    }),
  },
  evaluate({ servedModels: seen }, limits): CheckResult {
    const { calls } = seen;
    const violations = calls.substituted + calls.undeclared;
    const answered = calls['as-requested'] + calls.substituted + calls.unrecorded;
    const compared = {
      measured: { value: violations, unit: 'count' },
      limit: { value: limits.calls, unit: 'count' },
      limitName: 'calls',
      n: seen.runs,
    } as const;
    if (violations > limits.calls) {
      const all = answered + calls.undeclared + calls.failed;
      const message = `${violationsText(seen)}, of ${quantity(all, 'call')} in ${quantity(seen.runs, 'run')}`;
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(seen.witnesses.violations) };
    }
    if (answered === 0 || calls.unrecorded > 0) {
      const message =
        answered === 0
          ? `no answer of a declared model was recorded in ${quantity(seen.runs, 'run')}`
          : `${formatNumber(calls.unrecorded)} of ${answersText(answered, seen)} do not say which model answered`;
      const missing = {
        input: 'the model that answered',
        remedy: 'Record gen_ai.request.model and gen_ai.response.model on every model call.',
      };
      return { outcome: 'inconclusive', ...compared, message, missing, evidence: refsOf(seen.witnesses.unrecorded) };
    }
    const exceptions = violations > 0 ? `; ${violationsText(seen)}` : '';
    const message = `${formatNumber(calls['as-requested'])} of ${answersText(answered, seen)} came from the requested model${exceptions}`;
    if (seen.runsWithoutCalls > 0) {
      const gap = `${message}; ${runsWithoutCalls(seen.runsWithoutCalls)}`;
      const evidence = refsOf(seen.witnesses.withoutCalls);
      return { outcome: 'inconclusive', ...compared, message: gap, missing: UNSEEN_CALLS, evidence };
    }
    return { outcome: 'pass', ...compared, message, evidence: refsOf(seen.witnesses.violations) };
  },
});

function answersText(answered: number, { runs }: ServedModels): string {
  return `${quantity(answered, 'answer')} in ${quantity(runs, 'run')}`;
}

function violationsText({ calls, substitutions, undeclared }: ServedModels): string {
  const parts = [
    calls.substituted > 0
      ? `${quantity(calls.substituted, 'answer')} by another model than requested: ${listNames(substitutions)}`
      : '',
    calls.undeclared > 0 ? `${quantity(calls.undeclared, 'call')} to undeclared models: ${listNames(undeclared)}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}
