import { describe, expect, it } from 'vitest';
import { DRILL_OUTCOMES, WORST_FIRST } from '../contract/drill-matrix.ts';
import { BREAKING, DRILLED_FAULTS, SWITCHING } from '../dev/testing/drill-stories.ts';
import { aDrillPlan, drillsOf, someDrills } from '../dev/testing/drills.ts';
import { drillMatrix } from './drill-matrix.ts';

const plan = aDrillPlan(DRILLED_FAULTS);
const rowOf = (fault: string, drills = SWITCHING) => drillMatrix(drills, plan)?.rows.find((row) => row.fault === fault);

describe('drillMatrix', () => {
  it('is null where no drill was planned', () => {
    expect(drillMatrix(undefined, plan)).toBeNull();
  });

  it('counts runs by what they came to, with the slowest switch, attempts and cost', () => {
    expect(rowOf('overloaded-529')).toMatchObject({
      runs: 3,
      outcomes: { switched: 3, 'failed-safe': 0 },
      slowestSwitchMs: 1_200,
      attempts: { total: 6, byClient: 0, byApplication: 0 },
      costUsd: 0.003,
      seen: [
        { outcome: 'switched', scenario: 'summarize', answer: 'Case C-1 is closed.', ref: { artifact: 'drills' } },
      ],
    });
    expect(rowOf('overloaded-529', BREAKING)).toMatchObject({
      outcomes: { 'failed-safe': 3 },
      slowestSwitchMs: null,
      attempts: { total: 9, byClient: 6, byApplication: 0 },
      costUsd: 0,
      seen: [{ answer: null }],
    });
  });

  it('adds up to the runs that were made, whatever they came to', () => {
    for (const { runs, outcomes } of drillMatrix(BREAKING, plan)?.rows ?? []) {
      expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(runs);
    }
  });

  it('keeps a row for a planned fault that no run met, and for a met one that was not planned', () => {
    expect(rowOf('recovery', BREAKING)).toMatchObject({ runs: 0, seen: [], costUsd: 0 });
    expect(drillMatrix(drillsOf(['no-usage'], 1), plan)?.rows.map(({ fault }) => fault)).toEqual([
      ...DRILLED_FAULTS,
      'no-usage',
    ]);
  });

  it('keeps drills apart whose fault was there for some requests only, planned or not', () => {
    const match = { provider: undefined, model: undefined, cloud: 'aws', region: undefined, path: undefined };
    const scheduled = [{ fault: 'http-503', timing: { type: 'first', n: 2 } as const, match }];
    const rows = drillMatrix(
      someDrills([{ fault: 'http-503', schedule: 'first 2 to cloud aws' }, { fault: 'http-503' }]),
      aDrillPlan(['http-503'], { scheduled }),
    )?.rows;
    expect(rows?.map(({ fault, schedule, runs }) => [fault, schedule, runs])).toEqual([
      ['http-503', null, 1],
      ['http-503', 'first 2 to cloud aws', 1],
    ]);
  });

  it('has no cost where one answer had no price', () => {
    expect(
      rowOf('recovery', someDrills([{ fault: 'recovery' }, { fault: 'recovery', costNanoUsd: undefined }])),
    ).toMatchObject({
      costUsd: null,
    });
  });

  it('shows one run of each outcome, the worst first, its answer cut', () => {
    const answer = `${'x'.repeat(200)}\n`;
    const row = rowOf(
      'recovery',
      someDrills([{ fault: 'recovery' }, { fault: 'recovery', answer, isExpected: false }]),
    );
    expect(row?.seen).toMatchObject([
      { outcome: 'failed-unsafe', answer: `${'x'.repeat(160)}…`, ref: { pointer: '/runs/1' } },
      { outcome: 'switched' },
    ]);
  });

  it('says what went around the proxy and why drills were left out', () => {
    expect(drillMatrix(BREAKING, plan)).toMatchObject({ bypassed: 4, stopped: expect.stringContaining('budget') });
    const unanswered = [{ problem: 'NO_UPSTREAM: x', runs: 2 }];
    expect(drillMatrix({ ...SWITCHING, unanswered }, plan)?.stopped).toBe('2 runs got no answer (NO_UPSTREAM: x)');
    expect(drillMatrix(SWITCHING, plan)).toMatchObject({ bypassed: 0, stopped: null, kinds: ['simulated'] });
  });

  it('ranks every outcome', () => {
    expect(WORST_FIRST.toSorted()).toEqual([...DRILL_OUTCOMES].toSorted());
  });
});
