import type { Plan } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { aPlan, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import auditTrails from '../measures/audit-trails.ts';
import check from './audit-completeness.ts';

const limits = { rate: 0.95 };
const over = (complete: number, others: readonly Partial<Run>[] = [], plan: Partial<Plan> = {}) => {
  const traced: Partial<Run> = { principal: 'svc-fraud', artifactsDigest: 'sha256:1' };
  const list = runs(complete + others.length, (i) => ({ ...traced, ...others[i - complete] }));
  return { seen: { auditTrails: measured(auditTrails, list, aPlan(plan)) }, context: { plan: aPlan(plan) } };
};
const nobody: Partial<Run> = { principal: undefined };
const nowhere: Partial<Run> = { ...nobody, artifactsDigest: undefined };

testCheck(check, {
  pass: [
    {
      name: 'as many complete runs as prove the rate',
      ...over(59),
      limits,
      says: '59 of 59 runs have every part of the trail: proves at least 95.05 %',
    },
    {
      name: 'what single runs lack is named',
      ...over(200, [nobody, nowhere]),
      limits,
      says: 'limit 95 % (scenario summarize); runs of all scenarios without who acted (2), the version (1)',
    },
  ],
  fail: [
    {
      name: 'runs lack the principal',
      ...over(0, Array(40).fill(nobody)),
      limits,
      says: '0 of 40 runs have every part of the trail: at most 7.216 %',
    },
    {
      name: 'certainly too many lack something',
      ...over(80, Array(20).fill(nowhere)),
      limits,
      says: 'without who acted (20), the version (20)',
    },
  ],
  inconclusive: [
    {
      name: 'one run fewer than prove the rate',
      ...over(58),
      limits,
      says: '59 runs without a failure would prove it',
    },
    {
      name: 'no tools are declared, so nothing says what needs an approval',
      ...over(59, [], { tools: undefined }),
      limits,
      says: 'no tools are declared',
    },
  ],
});
