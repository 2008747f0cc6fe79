import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../src/contract/plan.ts';
import type { Approval, Step } from '../../../src/contract/run.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import { handOverOf } from '../hand-over-record.ts';
import measure from './hand-overs.ts';

const handoff: Handoff = { queue: 'analysts', perHour: 40, withinMs: 60_000, tool: 'escalate' };
const plan = aPlan({ handoff });
const handed = aToolCall({ tool: 'escalate', startMs: 0, durationMs: 1_000 });
const failed = { ...handed, error: '500' };
/** A person's decision from `startMs`. */
const decided = (startMs: number | undefined, durationMs: number | undefined, overrides: Partial<Approval> = {}) =>
  anApproval({ startMs, durationMs, tool: undefined, ...overrides });

testMeasure(measure, [
  { name: 'nothing from no runs', plan, runs: [], value: undefined },
  {
    name: 'handed over, failed and other runs',
    plan,
    runs: [[handed], [failed, failed], [failed, handed], [aToolCall()], []].map((steps, i) =>
      aRun({ steps, ref: aRef(i + 1) }),
    ),
    value: {
      runs: 5,
      handedOver: 2,
      handedOverAt: [{ ref: aRef(1) }, { ref: aRef(3) }],
      failed: 1,
      failedAt: [{ ref: aRef(2) }],
      inTime: 0,
      late: 0,
    },
  },
  {
    name: 'cases taken in time, late, and neither for certain',
    plan,
    runs: [decided(61_000, 0), decided(61_001, 0), decided(62_000, 5_000), decided(2_000, 90_000)].map((decision, i) =>
      aRun({ steps: [handed, decision], ref: aRef(i + 1) }),
    ),
    value: { handedOver: 4, inTime: 1, late: 1, lateAt: [{ ref: aRef(3) }] },
  },
  {
    name: 'no case as late where no time is declared',
    plan: aPlan({ handoff: { ...handoff, withinMs: undefined } }),
    runs: [aRun({ steps: [handed, decided(9e9, 1)] })],
    value: { handedOver: 1, inTime: 0, late: 0 },
  },
]);

describe('handOverOf', () => {
  it.each<[string, readonly Step[], unknown]>([
    ['nothing', [aToolCall()], 'none'],
    ['a call of the declared tool', [handed], { pickUp: undefined }],
    ['a decision to escalate', [anApproval({ decision: 'escalate', by: 'policy' })], { pickUp: undefined }],
    ['failed calls only', [failed, failed], 'failed'],
    ['a decision before the hand-over', [decided(0, 1), handed], { pickUp: undefined }],
    ['a decision of a policy after it', [handed, decided(2_000, 1, { by: 'policy' })], { pickUp: undefined }],
    ['a request that nobody decided', [handed, decided(2_000, 1, { decision: undefined })], { pickUp: undefined }],
    ['a decision of a person', [handed, decided(3_000, 4_000)], { pickUp: { earliestMs: 2_000, latestMs: 6_000 } }],
    ['a decision at one moment', [handed, decided(3_000, 0)], { pickUp: { earliestMs: 0, latestMs: 2_000 } }],
    ['a request that began before', [handed, decided(500, 4_000)], { pickUp: { earliestMs: 0, latestMs: 3_500 } }],
    ['a decision without an end', [handed, decided(3_000, undefined)], { pickUp: undefined }],
    ['a decision in the past', [handed, decided(0, 500)], { pickUp: undefined }],
  ])('reads %s', (_, steps, record) => {
    expect(handOverOf(aRun({ steps }), handoff)).toEqual(record);
  });

  it('takes no nameless tool step for the tool that is not declared', () => {
    const undeclared = { ...handoff, tool: undefined };
    expect(handOverOf(aRun({ steps: [aToolCall({ tool: undefined })] }), undeclared)).toBe('none');
    expect(handOverOf(aRun({ steps: [aToolCall({ tool: undefined, error: '500' })] }), undefined)).toBe('none');
  });
});
