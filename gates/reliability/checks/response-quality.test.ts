import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import expectations from '../measures/expectations.ts';
import check from './response-quality.ts';

const text = (assertion: number, label: string): Expectation => ({ type: 'text', assertion, label });
const expects = [text(0, 'contains "decision"'), text(1, 'is-json')];
const plan = aPlan({ scenarios: [aScenario({ expect: expects })] });
const half = aPlan({
  scenarios: [aScenario({ share: 0.9, expect: expects }), aScenario({ id: 'escalate', share: 0.1 })],
});
const silent = aPlan({ scenarios: [aScenario()] });
const limits = { rate: 0.95 };
const answer = (facts: string | undefined): Partial<Run> => ({ steps: [aModelCall({ facts })] });
const seenOf = (n: number, make: (index: number) => Partial<Run>, of = plan) => ({
  expectations: measured(expectations, runs(n, make), of),
});
const alternating = (i: number) => ({ match: 'one', id: i % 10 === 0 ? 'escalate' : 'summarize' }) as const;

testCheck(check, {
  pass: [
    {
      name: '59 good runs prove 95 %',
      seen: seenOf(59, () => answer('11')),
      limits,
      context: { plan },
      says: '59 of 59 runs showed all that was expected: proves at least 95.0',
    },
    {
      name: 'one bad run of 93 and the expectation it did not meet',
      seen: seenOf(93, (i) => answer(i === 0 ? '10' : '11')),
      limits,
      context: { plan },
      says: 'unmet most often: is-json (1 of 93 runs of scenario summarize)',
    },
  ],
  fail: [
    {
      name: 'too many bad runs',
      seen: seenOf(60, (i) => answer(i < 12 ? '10' : '11')),
      limits,
      context: { plan },
      says: '48 of 60 runs showed all that was expected: at most',
    },
    {
      name: 'the expectation that failed most is named',
      seen: seenOf(60, (i) => answer(['00', '01', '01'][i % 3])),
      limits,
      context: { plan },
      says: 'contains "decision" (60 of 60 runs',
    },
    {
      name: 'a bad scenario beside one that expects nothing',
      seen: seenOf(100, (i) => ({ ...answer('01'), scenario: alternating(i) }), half),
      limits,
      context: { plan: half },
      says: '0 of 100 runs',
    },
  ],
  inconclusive: [
    {
      name: '58 good runs',
      seen: seenOf(58, () => answer('11')),
      limits,
      context: { plan },
      says: '59 runs without a failure would prove it',
    },
    {
      name: 'one answer text of 600 is not recorded',
      seen: seenOf(600, (i) => answer(i === 0 ? undefined : '11')),
      limits,
      context: { plan },
      says: 'is recorded for 1 of 600 runs',
    },
    {
      name: 'no scenario expects anything',
      seen: seenOf(600, () => answer('11'), silent),
      limits,
      context: { plan: silent },
      says: 'no expectation is declared for scenario summarize',
    },
    {
      name: 'one scenario expects nothing',
      seen: seenOf(600, (i) => ({ ...answer('11'), scenario: alternating(i) }), half),
      limits,
      context: { plan: half },
      says: 'no expectation is declared for scenario escalate',
    },
    {
      name: 'a scenario that expects nothing has no run',
      seen: seenOf(600, () => answer('11'), half),
      limits,
      context: { plan: half },
      says: 'scenario escalate',
    },
  ],
});

describe('reliability/response-quality', () => {
  it('points a failure at the runs that were wrong', () => {
    const seen = seenOf(60, (i) => answer(i % 10 === 0 ? '01' : '11'));
    const result = check.evaluate(seen, { rate: 0.99 }, aContext({ plan }));
    expect(result.evidence.map(({ run }) => run)).toEqual(['r0', 'r10', 'r20', 'r30', 'r40']);
  });

  it('leaves an outside label as it is: reports escape', () => {
    const label = 'contains "</script>\u202e"';
    const hostile = aPlan({ scenarios: [aScenario({ expect: [text(0, label)] })] });
    const result = check.evaluate(
      seenOf(20, () => answer('0'), hostile),
      limits,
      aContext({ plan: hostile }),
    );
    expect(result.message).toContain(label);
  });
});
