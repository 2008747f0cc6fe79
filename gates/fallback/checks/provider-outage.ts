import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { GOES_ON } from '../good-endings.ts';

const FAULTS = [
  'conn-refused',
  'dns-fail',
  'conn-reset',
  'tls-error',
  'http-500',
  'http-502-html',
  'http-503',
  'http-504',
  'overloaded-529',
  'auth-revoked',
  'model-gone',
];

export default defineCheck({
  meta: {
    id: 'fallback/provider-outage',
    title: 'The process goes on when the primary provider is out',
    severity: 'blocker',
    why: 'An outage of the provider becomes an outage of the business process: requests fail or hang for as long as it lasts, and outages last hours.',
    remediation: [
      'Open the drill named here and see what the workload did with the error.',
      'Switch to a declared fallback on connection errors, on 5xx, on 529, and on a model or a key that is gone, after at most a few attempts.',
      'Where nothing can answer, degrade or hand over in the words declared under drills.',
      'Run the drills again on the changed release.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'NIST-AI-RMF:MANAGE-2.4', 'EU-AI-ACT:15(4)', 'DORA:11(6)(a)', 'SOC2:A1.3'],
    kinds: DRILL_KINDS,
    subject: 'drills',
    since: '2026-11-25',
  },
  needs: {},
  limits: { runs: runsOfEachFault() },
  drills: true,
  samples: ({ runs }, plan) => drillDemand(FAULTS, runs, plan),
  evaluate(_seen, { runs }, context): CheckResult {
    return judgeDrills({ accepts: accepting(FAULTS, GOES_ON), runs }, context);
  },
});
