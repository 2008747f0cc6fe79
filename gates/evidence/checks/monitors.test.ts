import type { Monitor, Plan } from '../../../src/contract/plan.ts';
import { aPlan, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import signals from '../measures/signals.ts';
import check from './monitors.ts';

const limits = { count: 1, silent: 0 };
const workload = aPlan().workload;
const monitor = (name: string, signal: string): Monitor => ({ name, signal, alert: 'page' });
const failures = monitor('primary failures', 'error.type');
const typo = monitor('token use', 'gen_ai.usage.inputtokens');
const over = (monitors: readonly Monitor[] | undefined, overrides: Partial<Plan> = {}) => {
  const plan = aPlan({
    evidence: { riskOwner: 'x', runbook: undefined, disclosure: undefined, monitors },
    manifestLines: { '': 1, '/evidence/monitors': 40, '/evidence/monitors/1/signal': 44 },
    ...overrides,
  });
  const seen = measured(
    signals,
    runs(8, (i) => ({ signals: i % 2 ? ['error.type'] : [] })),
    plan,
  );
  return { seen: { signals: seen }, context: { plan } };
};

testCheck(check, {
  pass: [
    { name: 'every signal occurs', ...over([failures]), limits, says: 'the signals of 1 of 1 monitor occur in 8 runs' },
    {
      name: 'as many silent monitors as the limit',
      ...over([failures, typo]),
      limits: { count: 1, silent: 1 },
      says: 'never seen: "token use" (gen_ai.usage.inputtokens)',
    },
  ],
  fail: [
    { name: 'no monitors are declared', ...over(undefined), limits, says: 'no monitors are declared' },
    { name: 'the list is empty', ...over([]), limits, says: 'the list of monitors is empty' },
    {
      name: 'one signal never occurs',
      ...over([failures, typo]),
      limits,
      says: '1 monitor on signals that never occur in 8 runs: "token use" (gen_ai.usage.inputtokens)',
    },
    {
      name: 'one monitor fewer than required',
      ...over([failures]),
      limits: { count: 2, silent: 0 },
      says: 'the signals of 1 monitor occur, at least 2 must',
    },
    {
      name: 'none are declared, in early access',
      ...over(undefined, { workload: { ...workload, lane: 'early-access' } }),
      limits,
      says: 'no monitors are declared',
    },
  ],
  inconclusive: [
    {
      name: 'no monitors are declared in an experiment',
      ...over(undefined, { workload: { ...workload, lane: 'experimental' } }),
      limits,
      says: 'no monitors are declared',
    },
  ],
});
