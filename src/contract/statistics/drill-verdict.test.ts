import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aContext } from '../../dev/testing/builders.ts';
import { aDrillPlan, anAnsweredAttempt, drillsOf, someDrills } from '../../dev/testing/drills.ts';
import { BAD_ANSWERS } from '../bad-answers.ts';
import type { DrillRun } from '../drill-run.ts';
import { FAULT_IDS } from '../faults.ts';
import type { Route } from '../run.ts';
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
    const unmet = drillsOf(['tool-args-invalid'], 3, { faulted: 0 }).runs;
    const runs = [...drillsOf(['overloaded-529'], 3).runs, ...unmet];
    expect(judge(runs).outcome).toBe('inconclusive');
    expect(judge(runs, { ...aDrillPlan(FAULTS), tools: 'none' }).outcome).toBe('pass');
    expect(judge(unmet, { ...aDrillPlan(['tool-args-invalid']), tools: 'none' }).outcome).toBe('inconclusive');
  });

  it('does not leave out a fault of streams where the primary was not asked', () => {
    const plan = aDrillPlan(['overloaded-529', 'stream-stall']);
    const met = drillsOf(['overloaded-529'], 3).runs;
    const judgeUnmet = (route: Route) => {
      const unmet = drillsOf(['stream-stall'], 3, { attempts: [anAnsweredAttempt({ route })] }).runs;
      const accepts = accepting(['overloaded-529', 'stream-stall'], ['switched']);
      return judgeDrills({ accepts, runs: 3 }, aContext({ plan, drills: someDrills([...met, ...unmet]) })).outcome;
    };
    expect(judgeUnmet('primary')).toBe('pass');
    expect(judgeUnmet('fallback/0')).toBe('inconclusive');
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
