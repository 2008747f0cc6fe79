import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import runEndings from '../measures/run-endings.ts';
import { parseRate } from '../rate-shorthand.ts';

export default defineCheck({
  meta: {
    id: 'reliability/availability',
    title: 'The rate of runs that end well is proved to reach its limit',
    severity: 'blocker',
    why: 'Every run that fails or is abandoned leaves a user or a business process without a result, at the rate of production traffic.',
    remediation: [
      'Open the failed runs named here and group them by error.',
      'Remove the most frequent cause: bound and retry transient provider errors, validate tool arguments before the call, switch to the fallback when the primary is down.',
      'Record a complete window of the changed release and re-run the check.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.5',
      'ISO-42001:A.6.2.4',
      'EU-AI-ACT:15(1)',
      'DORA:24(1)',
      'SOC2:A1.1',
      'OWASP-ASI:ASI08',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { endings: runEndings },
  limits: {
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      description:
        'rate of runs that end well, 0 to 1, to be proved with 95 % confidence; failed and abandoned runs count against it',
    }),
  },
  parseShorthand: (text) => ({ rate: parseRate(text) }),
  samples: ({ rate }) => rateDemand(rate),
  evaluate({ endings }, { rate }, { plan }) {
    return judgeRate({
      tallies: endings,
      scenarios: plan.scenarios,
      rate,
      good: 'ended well',
      unknown: 'neither an outcome nor the span that encloses the task is recorded',
      missing: {
        input: 'outcomes of runs',
        remedy: 'Record aigate.outcome (success, failure or abandoned) or the span that encloses the task.',
      },
    });
  },
});
