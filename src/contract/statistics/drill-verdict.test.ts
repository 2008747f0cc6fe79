import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aContext } from '../../dev/testing/builders.ts';
import { aDrillPlan, drillsOf, someDrills } from '../../dev/testing/drills.ts';
import { BAD_ANSWERS } from '../bad-answers.ts';
import type { DrillRun } from '../drill-run.ts';
import { FAULT_IDS } from '../faults.ts';
import { accepting, judgeDrills } from './drill-verdict.ts';

const FAULTS = ['overloaded-529', 'tool-args-invalid'];
const question = { accepts: accepting(FAULTS, ['recovered', 'switched']), runs: 3 };
const judge = (runs: readonly Partial<DrillRun>[], plan = aDrillPlan(FAULTS)) =>
  judgeDrills(question, aContext({ plan, drills: someDrills(runs) }));

/** From good to bad, with what proves nothing between. */
const RUNS: readonly Partial<DrillRun>[] = [
  {},
  { attempts: [] },
  { isExpected: undefined },
  { ending: 'failed' },
  { ending: 'timed-out' },
  { isExpected: false },
];

describe('judgeDrills', () => {
  it('never turns fail into anything else by a further run, nor passes with a bad one', () => {
    const run = fc.record({ fault: fc.constantFrom(...FAULTS), kind: fc.nat(RUNS.length - 1) });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), run, (some, further) => {
        const build = (list: readonly (typeof further)[]) => list.map(({ fault, kind }) => ({ ...RUNS[kind], fault }));
        const before = judge(build(some)).outcome;
        const after = judge(build([...some, further])).outcome;
        if (before === 'fail' || further.kind > 2) expect(after).toBe('fail');
      }),
    );
  });

  it('tells the worst ending first and shows what the user would have seen, with nothing hidden', () => {
    const result = judge([
      { ending: 'failed' },
      { isExpected: false, answer: 'All\u202e done' },
      { ending: 'timed-out' },
    ]);
    expect(result.message).toContain('3 of 3 runs ended badly (1 failed-safe, 1 failed-unsafe, 1 hung)');
    expect(result.message).toContain(
      'overloaded-529 in scenario summarize: failed-unsafe after 2 attempts and 1,300 ms',
    );
    expect(result.message).not.toContain('\u202e');
    expect(result.evidence[0]).toMatchObject({ run: 'd1' });
  });

  it('shows the bound and the slowest switch', () => {
    expect(judge(drillsOf(FAULTS, 3).runs).message).toBe(
      '0 of 6 runs with 2 faults ended badly: at least 60.696 % do not, with 95 % confidence (6 switched); slowest switch 1,200 ms',
    );
  });

  it('asks for a scenario that calls tools where tools are declared, and leaves the fault out where none are', () => {
    const unmet = drillsOf(['tool-args-invalid'], 3, { faulted: 0, isInapplicable: true }).runs;
    const runs = [...drillsOf(['overloaded-529'], 3).runs, ...unmet];
    expect(judge(runs).outcome).toBe('inconclusive');
    expect(judge(runs, { ...aDrillPlan(FAULTS), tools: 'none' }).outcome).toBe('pass');
    expect(judge(unmet, { ...aDrillPlan(['tool-args-invalid']), tools: 'none' }).outcome).toBe('inconclusive');
  });

  it('leaves out a fault only where the driver saw that nothing could have met it', () => {
    const faults = ['overloaded-529', 'structured-output-invalid'];
    const met = drillsOf(['overloaded-529'], 3).runs;
    const judgeUnmet = (isInapplicable: boolean) => {
      const unmet = drillsOf(['structured-output-invalid'], 3, { faulted: 0, isInapplicable }).runs;
      const context = aContext({ plan: aDrillPlan(faults), drills: someDrills([...met, ...unmet]) });
      return judgeDrills({ accepts: accepting(faults, ['switched']), runs: 3 }, context);
    };
    expect(judgeUnmet(true)).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('nothing that was asked for can have it: structured-output-invalid'),
    });
    expect(judgeUnmet(false).outcome).toBe('inconclusive');
  });

  describe('a fault that comes and goes', () => {
    const match = { provider: undefined, model: undefined, cloud: undefined, region: undefined, path: undefined };
    const scheduled = [{ fault: 'overloaded-529', timing: { type: 'first', n: 1 } as const, match }];
    const schedule = 'first 1 to the primary';
    const plan = aDrillPlan(['overloaded-529'], { scheduled });
    const lasting = drillsOf(['overloaded-529'], 3).runs;
    const passing = drillsOf(['overloaded-529'], 3, { schedule }).runs;

    it('takes no place of the ordinary drill', () => {
      expect(judge([...lasting, ...passing], plan)).toMatchObject({ outcome: 'pass', n: 6 });
      expect(judge(passing, plan).outcome).toBe('inconclusive');
      expect(judge(passing, aDrillPlan([], { scheduled }))).toMatchObject({
        outcome: 'inconclusive',
        message: expect.stringContaining('not drilled'),
      });
    });

    it('must be met too, and fails as any other', () => {
      expect(judge(lasting, plan)).toMatchObject({
        outcome: 'inconclusive',
        message: '0 of 3 runs met overloaded-529 ("first 1 to the primary") in scenario summarize',
      });
      const bad = { fault: 'overloaded-529', schedule, isExpected: false };
      expect(judge([...lasting, ...passing, bad], plan)).toMatchObject({
        outcome: 'fail',
        message: expect.stringContaining('"first 1 to the primary"'),
      });
    });
  });

  it('wants each fault in each drilled scenario', () => {
    const plan = aDrillPlan(['overloaded-529'], { scenarios: ['summarize', 'escalate'] });
    expect(judge(drillsOf(['overloaded-529'], 6).runs, plan)).toMatchObject({ outcome: 'inconclusive', n: 6 });
  });

  it('asks for the words of a degraded answer where no provider sent one', () => {
    const runs = drillsOf(FAULTS, 3, { attempts: drillsOf(FAULTS, 1).runs[0]?.attempts.slice(0, 1) ?? [] }).runs;
    expect(judge(runs)).toMatchObject({ outcome: 'inconclusive', missing: { input: 'what a degraded answer says' } });
  });
});

describe('BAD_ANSWERS', () => {
  it('holds ids of the catalogue', () => {
    expect(FAULT_IDS).toEqual(expect.arrayContaining([...BAD_ANSWERS]));
  });
});
