import { describe, expect, it } from 'vitest';
import type { EvidenceKind } from '../../../src/contract/evidence.ts';
import type { Finding } from '../../../src/contract/finding.ts';
import { aContext, aFinding, aPlan, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runKinds from '../measures/run-kinds.ts';
import check from './evidence-kinds.ts';

const limits = { observed: 1 };
const demo = { workload: { ...aPlan().workload, isDemo: true } };
const over = (
  kinds: Partial<Record<EvidenceKind, number>>,
  { plan = {}, findings = [aFinding()] }: { plan?: Parameters<typeof aPlan>[0]; findings?: Finding[] } = {},
) => {
  const list = Object.entries(kinds).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, i) => aRun({ kind: kind as EvidenceKind, ref: aRef(i, { run: `${kind}${i}` }) })),
  );
  return { seen: { runKinds: measured(runKinds, list) }, context: { plan: aPlan(plan), findings } };
};

describe('evidence/evidence-kinds', () => {
  it('shows a demonstration no number that it did not reach', () => {
    const { seen, context } = over({ declared: 60 }, { plan: demo });
    const result = check.evaluate(seen, limits, aContext(context));
    expect(result).toMatchObject({ outcome: 'pass', measured: { value: 0 }, limit: { value: 0 } });
    expect(result.limitName).toBeUndefined();
  });

  it('holds a demonstration on observed runs to the limit', () => {
    const { seen, context } = over({ recorded: 40 }, { plan: demo });
    expect(check.evaluate(seen, limits, aContext(context))).toMatchObject({ limitName: 'observed' });
  });

  it('admits in production what was recorded or live and nothing else', () => {
    expect(check.meta.kinds.production).toEqual(['recorded', 'live']);
  });
});

testCheck(check, {
  pass: [
    {
      name: 'every judged run was observed',
      ...over({ recorded: 40, live: 2 }),
      limits,
      says: '42 of 42 judged runs were observed (recorded 40, live 2); blocking checks that passed rest on: cost recorded',
    },
    {
      name: 'exactly the share of the limit was observed',
      ...over({ recorded: 45, replayed: 5 }),
      limits: { observed: 0.9 },
      says: '45 of 50 judged runs were observed (recorded 45, replayed 5)',
    },
    {
      name: 'a demonstration is said to be one',
      ...over({ declared: 60 }, { plan: demo }),
      limits,
      says: 'a demonstration, which passes as one and is never released: 0 of 60 judged runs were observed (declared 60)',
    },
    {
      name: 'a demonstration on observed runs is judged like any other',
      ...over({ recorded: 40 }, { plan: demo }),
      limits,
      says: '40 of 40 judged runs were observed (recorded 40); blocking',
    },
    {
      name: 'a drill is named',
      ...over(
        { recorded: 40 },
        { findings: [aFinding({ checkId: 'fallback/stall', gate: 'fallback', kind: ['simulated'] })] },
      ),
      limits,
      says: 'rest on: fallback simulated (fallback/stall)',
    },
  ],
  fail: [
    {
      name: 'one run fewer was observed than the limit asks for',
      ...over({ recorded: 44, replayed: 6 }),
      limits: { observed: 0.9 },
      says: '44 of 50 judged runs were observed (recorded 44, replayed 6): 88 %, limit 90 %',
    },
    {
      name: 'one run of many was written by hand',
      ...over({ declared: 1, recorded: 9_999 }),
      limits,
      says: '9,999 of 10,000 judged runs were observed (declared 1, recorded 9,999): 99.99 %, limit 100 %',
    },
    { name: 'no run was observed', ...over({ simulated: 3 }), limits, says: '0 of 3 judged runs' },
  ],
  inconclusive: [
    {
      name: 'nothing passed on the observed runs',
      ...over({ recorded: 40 }, { findings: [aFinding({ outcome: 'inconclusive' })] }),
      limits,
      says: 'no blocking check of another gate passed on them',
    },
    {
      name: 'only the evidence gate was asked',
      ...over({ recorded: 40 }, { findings: [] }),
      limits,
      says: '40 of 40 judged runs were observed',
    },
  ],
});
