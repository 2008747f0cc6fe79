import { describe, expect, it } from 'vitest';
import { type AnyCheck, defineCheck, OBSERVED_KINDS } from '../contract/check.ts';
import { maximum } from '../contract/limit.ts';
import type { AnyMeasure } from '../contract/measure.ts';
import { defineMeasure } from '../contract/measure.ts';
import type { Plan, PlannedCheck } from '../contract/plan.ts';
import type { Population } from '../contract/population.ts';
import type { Run } from '../contract/run.ts';
import { aPlan, aPopulation, aRun, aSourcePopulation, NO_TABLES } from '../dev/testing/builders.ts';
import { aProbePlan } from '../dev/testing/probes.ts';
import { evaluateChecks } from './evaluate.ts';
import { createReducer } from './reduce.ts';

const runCount = defineMeasure<{ n: number }, { n: number }>({
  id: 'cost/run-count',
  population: 'counted',
  unseen: { input: 'runs', remedy: 'Record runs.' },
  empty: () => ({ n: 0 }),
  add: (state) => {
    state.n += 1;
  },
  merge: (a, b) => ({ n: a.n + b.n }),
  finish: (state) => (state.n === 0 ? undefined : { n: state.n }),
});

function aCheck(id: AnyCheck['meta']['id'], behaviour: 'judge' | 'throw' | 'misname' | 'count-findings' = 'judge') {
  return defineCheck({
    meta: {
      id,
      title: 'Few runs',
      severity: 'blocker',
      why: 'Because.',
      remediation: ['Run less.'],
      controls: [],
      kinds: OBSERVED_KINDS,
      subject: 'every-workload',
      since: '2026-11-21',
    },
    needs: { count: runCount },
    limits: { runs: maximum({ unit: 'count', description: 'most runs' }) },
    evaluate({ count }, limits, { findings }) {
      if (behaviour === 'throw') throw new Error('boom');
      const value = behaviour === 'count-findings' ? findings.length : count.n;
      const judged = {
        measured: { value, unit: 'count' },
        limit: { value: limits.runs, unit: 'count' },
        limitName: behaviour === 'misname' ? 'rums' : 'runs',
        n: value,
      } as const;
      const message = `${value} of ${limits.runs}`;
      if (value <= limits.runs) return { outcome: 'pass', ...judged, message, evidence: [] };
      return { outcome: 'fail', ...judged, message, evidence: [{ artifact: 'manifest', line: 1, pointer: '' }] };
    },
  });
}

function planned(id: string, overrides: Partial<PlannedCheck> = {}): PlannedCheck {
  return {
    id,
    gate: id.startsWith('evidence') ? 'evidence' : 'cost',
    severity: 'blocker',
    advisoryBecause: undefined,
    limits: { runs: 1 },
    origins: {},
    kinds: ['recorded', 'live'],
    notApplicable: undefined,
    ...overrides,
  };
}

/** Neither tables nor files nor an earlier evaluation. */
const NOTHING_ELSE = {
  tables: NO_TABLES,
  inspection: undefined,
  drills: undefined,
  calibration: undefined,
  baselineStates: undefined,
};

function judge(
  check: AnyCheck,
  runs: readonly Run[],
  options: { planned?: Partial<PlannedCheck>; plan?: Partial<Plan> } = {},
) {
  const plan = aPlan({ checks: [planned(check.meta.id, options.planned)], ...options.plan });
  const reducer = createReducer([runCount], plan);
  for (const run of runs) reducer.add(run);
  const population = aPopulation({ runs: runs.length, runsByScenario: { summarize: runs.length } });
  const [finding] = evaluateChecks([check], { ...NOTHING_ELSE, plan, population, states: reducer.states() });
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

describe('evaluateChecks', () => {
  const check = aCheck('cost/few-runs');

  it('passes at the limit and fails just over it', () => {
    expect(judge(check, [aRun()]).outcome).toBe('pass');
    expect(judge(check, [aRun(), aRun()])).toMatchObject({ outcome: 'fail', remedy: ['Run less.'] });
  });

  it('is inconclusive with the missing input when nothing was seen', () => {
    expect(judge(check, [])).toMatchObject({ outcome: 'inconclusive', missing: { input: 'runs' } });
  });

  it('says why runs that were read did not reach the check', () => {
    const stale = judge(check, [aRun({ binding: 'mismatched' })]);
    expect(stale.missing?.input).toBe('runs of this release (all 1 were recorded against another)');
    expect(stale.missing?.remedy).toContain(aPlan().release.artifactsDigest);
    const plan = aPlan({ checks: [planned(check.meta.id)] });
    const population = aPopulation({ runs: 7, runsByScenario: { summarize: 0 }, unmatchedRuns: 7 });
    const [unmatched] = evaluateChecks([check], { ...NOTHING_ELSE, plan, population, states: {} });
    expect(unmatched?.missing?.input).toBe('runs that match a scenario (none of 7 does)');
  });

  it.each(['load', 'harm'] as const)('does not blame the release for runs of %s that were never made', (kind) => {
    const made: AnyMeasure = {
      ...runCount,
      id: `cost/runs-of-${kind}`,
      population: kind,
      unseen: { input: kind, remedy: '-' },
    };
    const own: AnyCheck = { ...check, needs: { runs: made } };
    const plan = aPlan({ checks: [planned(check.meta.id)] });
    const others = aPopulation({ runs: 3, runsByScenario: { summarize: 3 } });
    const inputOf = (population: Population) =>
      evaluateChecks([own], { ...NOTHING_ELSE, plan, population, states: {} })[0]?.missing?.input;
    expect(inputOf(others)).toBe(kind);
    const cut = aSourcePopulation({ leftOut: { runs: 2, reason: 'the budget is used up' } });
    expect(inputOf({ ...others, sources: [cut] })).toBe('runs that were planned and not made (the budget is used up)');
    expect(inputOf({ ...others, loadRuns: 2, harmRuns: 2 })).toContain('all 2 were recorded against another');
  });

  it('is inconclusive when nobody set the limit', () => {
    const finding = judge(check, [aRun()], { planned: { limits: {} } });
    expect(finding).toMatchObject({ outcome: 'inconclusive' });
    expect(finding.message).toContain('gates.cost.few-runs.runs');
  });

  it('shows declared runs as an estimate that cannot pass in production', () => {
    const finding = judge(check, [aRun({ kind: 'declared' })]);
    expect(finding).toMatchObject({
      outcome: 'inconclusive',
      measured: { value: 1, unit: 'count' },
      kind: ['declared'],
    });
    expect(finding.missing?.input).toContain('lane production');
    expect(finding.missing?.remedy).toMatch(/^Record runs of the real workload/);
    const scripted = judge(check, [aRun({ kind: 'declared' })], { plan: { live: aProbePlan('privilege').live } });
    expect(scripted.missing?.remedy).toMatch(/^Let real providers answer/);
  });

  it('lets unbound runs prove nothing outside the experimental lane and names the attribute that binds them', () => {
    const finding = judge(check, [aRun({ binding: 'unbound' })]);
    expect(finding.outcome).toBe('inconclusive');
    expect(finding.missing?.remedy).toContain(`aigate.artifacts.digest=${aPlan().release.artifactsDigest}`);
    const lane = { ...aPlan().workload, lane: 'experimental' } as const;
    expect(judge(check, [aRun({ binding: 'unbound' })], { plan: { workload: lane } }).outcome).toBe('pass');
  });

  it('does not let runs that cannot count fail the check either', () => {
    expect(judge(check, [aRun({ kind: 'declared' }), aRun({ kind: 'declared' })]).outcome).toBe('inconclusive');
  });

  it('turns a check that throws into an error finding', () => {
    expect(judge(aCheck('cost/few-runs', 'throw'), [aRun()])).toMatchObject({
      outcome: 'error',
      message: 'the check threw: boom',
    });
  });

  it('publishes which limit decided, and turns a name that the check does not declare into an error finding', () => {
    expect(judge(check, [aRun()]).limitName).toBe('runs');
    expect(judge(check, [aRun({ kind: 'declared' })]).limitName).toBe('runs');
    expect(judge(check, []).limitName).toBeNull();
    const finding = judge(aCheck('cost/few-runs', 'misname'), [aRun()]);
    expect(finding).toMatchObject({ outcome: 'error', limitName: null });
    expect(finding.message).toContain('rums');
  });

  it('turns a limit of the wrong type into an error finding, never a pass', () => {
    expect(judge(check, [aRun()], { planned: { limits: { runs: 'many' } } }).outcome).toBe('error');
    expect(judge(check, [aRun()], { planned: { limits: { runs: 1, rums: 2 } } }).outcome).toBe('error');
  });

  it('reports a planned check that this version does not know as an error', () => {
    expect(judge(check, [aRun()], { planned: { id: 'cost/unheard-of' } }).outcome).toBe('error');
  });

  it('says which declaration makes a check not applicable', () => {
    expect(judge(check, [], { planned: { notApplicable: 'the manifest declares tools: none' } })).toMatchObject({
      outcome: 'not-applicable',
      message: 'the manifest declares tools: none',
    });
  });

  it('judges the evidence gate last, with the findings of the other gates', () => {
    const catalogue = [aCheck('evidence/open-findings', 'count-findings'), check];
    const plan = aPlan({ checks: catalogue.map(({ meta }) => planned(meta.id)) });
    const reducer = createReducer([runCount], plan);
    reducer.add(aRun());
    const findings = evaluateChecks(catalogue, {
      ...NOTHING_ELSE,
      plan,
      population: aPopulation(),
      states: reducer.states(),
    });
    expect(findings.map(({ checkId }) => checkId)).toEqual(['cost/few-runs', 'evidence/open-findings']);
    expect(findings[1]?.measured?.value).toBe(1);
  });
});
