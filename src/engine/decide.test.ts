import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, OUTCOMES, type Outcome } from '../contract/finding.ts';
import { GATE_IDS, LANES, STAGES } from '../contract/gate.ts';
import type { Plan } from '../contract/plan.ts';
import { aFinding, aPlan, aPopulation } from '../dev/testing/builders.ts';
import { decide } from './decide.ts';

const gates = GATE_IDS.map((id) => ({ id, title: id, question: `${id}?` }));

function oneEach(outcome: Outcome = 'pass'): Finding[] {
  return GATE_IDS.map((gate) => aFinding({ gate, checkId: `${gate}/x`, outcome }));
}
function verdict(findings: readonly Finding[], plan: Partial<Plan> = {}, runs = 1) {
  return decide({
    plan: aPlan(plan),
    population: aPopulation({ runsByScenario: { summarize: runs } }),
    findings,
    gates,
  });
}
const inLane = (lane: (typeof LANES)[number]) => ({ workload: { ...aPlan().workload, lane } });

describe('decide', () => {
  it('passes and releases when every gate passes', () => {
    expect(verdict(oneEach())).toMatchObject({ decision: 'pass', blocking: false, releasable: true, exitCode: 0 });
  });

  it('is inconclusive without findings: nothing judged is not a pass', () => {
    expect(verdict([])).toMatchObject({ decision: 'inconclusive', exitCode: 3, releasable: false });
  });

  it('is inconclusive when one gate has no finding', () => {
    expect(verdict(oneEach().slice(1)).decision).toBe('inconclusive');
  });

  it('is inconclusive when every blocker is not applicable', () => {
    expect(verdict(oneEach('not-applicable')).decision).toBe('inconclusive');
  });

  it('keeps an idle gate out of the decision and says what made it idle', () => {
    const findings = oneEach().map((f) =>
      f.gate === 'tool-control' ? { ...f, outcome: 'not-applicable' as const, message: 'tools: none' } : f,
    );
    const result = verdict(findings);
    expect(result.decision).toBe('pass');
    expect(result.gates.find(({ id }) => id === 'tool-control')).toMatchObject({
      outcome: 'not-applicable',
      because: 'tools: none',
    });
  });

  it('does not let advisories decide, nor stand in for blockers', () => {
    const advisory = aFinding({ gate: 'cost', outcome: 'fail', severity: 'advisory' });
    expect(verdict([...oneEach(), advisory]).decision).toBe('pass');
    expect(verdict(GATE_IDS.map((gate) => aFinding({ gate, severity: 'advisory' }))).decision).toBe('inconclusive');
  });

  const table: [lane: (typeof LANES)[number], stage: (typeof STAGES)[number], fail: number, inconclusive: number][] = [
    ['experimental', 'pr', 0, 0],
    ['experimental', 'release', 0, 0],
    ['early-access', 'pr', 1, 0],
    ['early-access', 'release', 1, 3],
    ['production', 'pr', 1, 3],
    ['production', 'release', 1, 3],
  ];
  it.each(table)('in lane %s at stage %s a fail exits %i and an inconclusive %i', (lane, stage, fail, inconclusive) => {
    expect(verdict([...oneEach(), aFinding({ outcome: 'fail' })], { ...inLane(lane), stage }).exitCode).toBe(fail);
    expect(verdict([...oneEach(), aFinding({ outcome: 'inconclusive' })], { ...inLane(lane), stage }).exitCode).toBe(
      inconclusive,
    );
  });

  it('reports inconclusive in production at pr only when the policy says so', () => {
    const rules = { pr: { inconclusive: 'report' } } as const;
    const findings = [...oneEach(), aFinding({ outcome: 'inconclusive' })];
    expect(verdict(findings, { stage: 'pr', rules }).exitCode).toBe(0);
    expect(verdict(findings, { stage: 'release', rules }).exitCode).toBe(3);
  });

  it.each(LANES.flatMap((lane) => STAGES.map((stage) => [lane, stage] as const)))(
    'in lane %s at stage %s a thrown check exits 1 and a scenario without a run exits 3',
    (lane, stage) => {
      expect(verdict([...oneEach(), aFinding({ outcome: 'error' })], { ...inLane(lane), stage }).exitCode).toBe(1);
      expect(verdict(oneEach(), { ...inLane(lane), stage }, 0)).toMatchObject({ exitCode: 3, releasable: false });
    },
  );

  it.each([
    ['a demonstration', { workload: { ...aPlan().workload, isDemo: true } }],
    ['the experimental lane', inLane('experimental')],
    ['the pr stage', { stage: 'pr' as const }],
    ['no git', { release: { ...aPlan().release, revision: undefined } }],
    ['a dirty tree', { release: { ...aPlan().release, isDirty: true } }],
  ])('never releases %s', (_name, plan) => {
    const result = verdict(oneEach(), plan);
    expect(result.releasable).toBe(false);
    expect(result.notReleasableBecause).not.toBeNull();
  });

  it('never improves when a finding is added', () => {
    const rank = { pass: 0, inconclusive: 1, fail: 2 };
    const anyFinding = fc
      .record({ gate: fc.constantFrom(...GATE_IDS), outcome: fc.constantFrom(...OUTCOMES) })
      .map((f) => aFinding(f));
    fc.assert(
      fc.property(fc.array(anyFinding), anyFinding, (some, extra) => {
        const findings = [...oneEach(), ...some];
        expect(rank[verdict([...findings, extra]).decision]).toBeGreaterThanOrEqual(rank[verdict(findings).decision]);
      }),
    );
  });
});
