import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import type { Measurement } from '../../../src/contract/units.ts';
import { emptyAttempts } from '../attempt-sample.ts';
import { judgeAttempts } from '../attempt-verdict.ts';
import { runsDemand } from '../enough-runs.ts';
import attempts from '../measures/attempts.ts';
import { strataOf } from '../strata.ts';

export default defineCheck({
  meta: {
    id: 'cost/retry-amplification',
    title: 'Repeated attempts are proved to add no more to the cost of model calls than their limit',
    severity: 'advisory',
    why: 'Attempts that fail half-way are billed: retries on top of retries turn a slow hour of a provider into the dearest hour of the month.',
    remediation: [
      'Open the runs named here and see which requests were repeated and why.',
      'Retry on one layer only, with a bound and a growing wait; honour retry-after.',
      'Repair answers that do not fit their schema with constrained output instead of a second call.',
      'Record runs of the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.4', 'ISO-42001:A.4.5', 'ISO-42001:A.6.2.6', 'SOC2:A1.1', 'OWASP-ASI:ASI08'],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { attempts },
  limits: {
    factor: maximum({
      unit: 'count',
      range: [1, 1_000],
      fallback: 1.25,
      description:
        'cost of all attempts over the cost of those that were accepted, at the declared scenario shares, to be proved with 95 % confidence',
    }),
  },
  samples: () => runsDemand('cost of repeated attempts'),
  evaluate({ attempts: seen }, { factor }, { plan }): CheckResult {
    const limit: Measurement = { value: factor, unit: 'count' };
    return { ...judgeAttempts(strataOf(plan, seen, emptyAttempts), limit), limitName: 'factor' };
  },
});
