import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { emptySample, mergeCosts } from '../cost-sample.ts';
import runCaps from '../measures/run-caps.ts';
import runCosts from '../measures/run-costs.ts';
import { judgeCeiling } from '../run-ceiling-verdict.ts';

export default defineCheck({
  meta: {
    id: 'cost/run-ceiling',
    title: 'Declared caps hold in every recorded run and bound what a run can cost',
    severity: 'advisory',
    why: 'The dearest recorded run is not the dearest there can be: only a cap that the code enforces says what one user, one loop or one attack can spend.',
    remediation: [
      'Open the runs named here and find out why the code went on beyond its cap.',
      'Enforce the caps where the calls are made: count model and tool calls, bound the context, set the output limit of every request.',
      'Declare under caps what the code enforces, and under retries how often it repeats a call.',
      'Lower the caps, or use a cheaper model, until the dearest possible run is one that you would pay for.',
    ],
    controls: [
      'NIST-AI-RMF:MAP-3.2',
      'NIST-AI-RMF:MEASURE-2.4',
      'ISO-42001:A.4.5',
      'ISO-42001:A.6.2.6',
      'EU-AI-ACT:15(4)',
      'OWASP-ASI:ASI02',
      'OWASP-ASI:ASI08',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { caps: runCaps, costs: runCosts },
  limits: {
    usd: optional(
      maximum({
        unit: 'usd',
        description:
          'the most that the model calls of one run can cost in US dollars: as many as caps and retries allow, each with as many tokens as caps allow, at the price of the dearest declared model',
      }),
    ),
  },
  evaluate({ caps, costs }, { usd }, { plan, tables }): CheckResult {
    return judgeCeiling({
      seen: caps,
      costs: Object.values(costs).reduce(mergeCosts, emptySample()),
      limit: usd === undefined ? undefined : { value: usd, unit: 'usd' },
      plan,
      tables,
    });
  },
});
