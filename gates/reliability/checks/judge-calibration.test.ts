import { describe, expect, it } from 'vitest';
import type { Calibration, CalibrationItem, Verdict } from '../../../src/contract/judge.ts';
import { aContext } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './judge-calibration.ts';

const limits = { agreement: 0.8 };

/** Items of both labels; of each, how many the judge says otherwise, and of how many it says neither. */
function calibrated(
  pass: readonly [n: number, wrong: number],
  fail: readonly [n: number, wrong: number, silent?: number],
  changes: Partial<Calibration> = {},
) {
  const of = (label: Verdict, [n, wrong, silent = 0]: readonly [number, number, number?]) =>
    Array.from({ length: n }, (_, i) => {
      const other = label === 'pass' ? 'fail' : 'pass';
      return { label, verdict: i < wrong ? other : i < wrong + silent ? undefined : label };
    });
  const items = [...of('pass', pass), ...of('fail', fail)].map((item, i): CalibrationItem => {
    return { ref: { artifact: 'calibration', line: 1, pointer: `/items/${i}` }, line: i + 1, ...item };
  });
  const judge = { kind: 'live', provider: 'openai', model: 'gpt-4.1' } as const;
  const calibration: Calibration = {
    ...judge,
    path: 'labels.jsonl',
    sha256: '0'.repeat(64),
    items,
    leftOut: 0,
    ...changes,
  };
  return { seen: {}, context: { calibration } };
}

testCheck(check, {
  pass: [
    {
      name: 'as few items of each label as prove it',
      ...calibrated([14, 0], [14, 0]),
      limits,
      says: 'gpt-4.1 of openai agrees with people on 14 of 14 labelled pass, 14 of 14 labelled fail: at least 80.',
    },
    { name: 'a few disagreements in many', ...calibrated([100, 8], [100, 3]), limits, says: '92 of 100 labelled pass' },
  ],
  fail: [
    {
      name: 'it says pass to what people fail',
      ...calibrated([40, 0], [20, 9]),
      limits,
      says: '11 of 20 labelled fail: at most 7',
    },
    {
      name: 'an answer that is neither word is a disagreement',
      ...calibrated([40, 0], [20, 0, 20]),
      limits,
      says: '0 of 20 labelled fail',
    },
  ],
  inconclusive: [
    {
      name: 'too few items of one label',
      ...calibrated([14, 0], [13, 0]),
      limits,
      says: '14 answers of each label without a disagreement would prove it',
    },
    {
      name: 'no item of one label, however often it agrees on the other',
      ...calibrated([300, 0], [0, 0]),
      limits,
      says: '0 of 0 labelled fail: at least 0 %',
    },
    { name: 'no item at all', ...calibrated([0, 0], [0, 0]), limits, says: '0 of 0 labelled pass' },
    {
      name: 'items that got no answer',
      ...calibrated([10, 0], [10, 0], { leftOut: 20 }),
      limits,
      says: '20 items without an answer (budget or provider)',
    },
  ],
});

describe('reliability/judge-calibration', () => {
  it('cites the items on which judge and people differ', () => {
    const { context } = calibrated([20, 0], [20, 9]);
    const result = check.evaluate({}, limits, aContext(context));
    expect(result.evidence.map(({ pointer }) => pointer)).toEqual([20, 21, 22, 23, 24].map((i) => `/items/${i}`));
  });
});
