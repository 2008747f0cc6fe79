import type { Finding } from '../../../src/contract/finding.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { aFinding, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './risk-acceptance.ts';

const limits = { open: 0 };
const seen = { judgedRuns: { runs: 40 } };
const workload = aPlan().workload;
const owned = (riskOwner: string | undefined, overrides: Partial<Plan> = {}) =>
  aPlan({
    evidence: { riskOwner, runbook: undefined, disclosure: undefined, monitors: undefined },
    manifestLines: { '': 1, '/evidence/riskOwner': 50 },
    ...overrides,
  });
const given = (findings: readonly Finding[], plan = owned('head-of-risk')) => ({ seen, context: { plan, findings } });
const passed = aFinding();
const failed = aFinding({ outcome: 'fail' });
const threw = aFinding({ checkId: 'fallback/fallback-validated', outcome: 'error' });
const open = aFinding({ checkId: 'reliability/latency', outcome: 'inconclusive' });
const advisory = aFinding({ checkId: 'cost/price-coverage', outcome: 'fail', severity: 'advisory' });

testCheck(check, {
  pass: [
    {
      name: 'somebody answers and nothing is open',
      ...given([passed]),
      limits,
      says: 'head-of-risk answers for the residual risk; 0 open risks in 1 blocking finding',
    },
    { name: 'as many open risks as the limit', ...given([passed, failed]), limits: { open: 1 }, says: '1 open risk' },
    {
      name: 'it names advisory findings that fail',
      ...given([passed, advisory]),
      limits,
      says: 'advisory and to be accepted as well: cost/price-coverage',
    },
    {
      name: 'outside production the owner of the workload may answer',
      ...given([passed], owned('payments-risk', { workload: { ...workload, lane: 'early-access' } })),
      limits,
      says: 'payments-risk answers',
    },
  ],
  fail: [
    { name: 'nobody answers', ...given([passed], owned(undefined)), limits, says: 'no risk owner is declared' },
    {
      name: 'a blank name answers for nothing',
      ...given([passed], owned('  ')),
      limits,
      says: 'no risk owner is declared',
    },
    {
      name: 'the owner of a production workload accepts its own risk',
      ...given([passed], owned('Payments-Risk ')),
      limits,
      says: 'Payments-Risk owns the workload and its risk',
    },
    {
      name: 'other gates fail',
      ...given([passed, failed, threw, open]),
      limits: { open: 1 },
      says: '2 open risks that nobody has accepted: cost/monthly-cost, fallback/fallback-validated',
    },
  ],
  inconclusive: [
    {
      name: 'another gate decides nothing',
      ...given([passed, open]),
      limits,
      says: 'until these decide: reliability/latency',
    },
    {
      name: 'what is inconclusive cannot be tolerated',
      ...given([passed, open]),
      limits: { open: 5 },
      says: 'the residual risk is not known',
    },
    { name: 'no other gate was judged', ...given([]), limits, says: 'no other gate has a blocking finding' },
  ],
});
