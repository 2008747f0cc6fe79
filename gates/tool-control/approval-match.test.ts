import { describe, expect, it } from 'vitest';
import type { Approval, Step, ToolCall } from '../../src/contract/run.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { judgeApprovals } from './approval-match.ts';
import { approvalSubject } from './approval-subject.ts';

const NOTE = 'create_case_note';
const write = (overrides: Partial<ToolCall> = {}) => aToolCall({ tool: NOTE, callId: undefined, ...overrides });
const approval = (overrides: Partial<Approval> = {}) => anApproval(overrides);
const unnamed = (overrides: Partial<Approval> = {}) => anApproval({ tool: undefined, ...overrides });
const statuses = (...steps: Step[]) =>
  judgeApprovals(aRun({ steps }), ({ tool }) => (tool === NOTE || tool === 'refund' ? 'needed' : 'none')).map(
    ({ status }) => status,
  );

describe('judgeApprovals', () => {
  it('approves a call whose tool a human approved or modified before', () => {
    expect(statuses(approval(), write())).toEqual(['approved']);
    expect(statuses(approval({ decision: 'modify' }), write())).toEqual(['approved']);
  });

  it('does not judge calls that need no approval', () => {
    expect(statuses(aToolCall())).toEqual([]);
  });

  it('misses an approval that comes after the call, is for another tool or for another call', () => {
    expect(statuses(write(), approval())).toEqual(['missing']);
    expect(statuses(approval({ tool: 'refund' }), write())).toEqual(['missing']);
    expect(statuses(approval({ callId: 'call_1' }), write({ callId: 'call_2' }))).toEqual(['missing']);
    expect(statuses(approval({ callId: 'call_1', tool: 'refund' }), write({ callId: 'call_1' }))).toEqual(['missing']);
  });

  it('uses each approval once', () => {
    expect(statuses(approval(), write(), write())).toEqual(['approved', 'missing']);
    const own = { callId: 'call_1' };
    expect(statuses(approval(own), write(own), write(own))).toEqual(['approved', 'missing']);
    expect(statuses(approval(), approval(), write(), write())).toEqual(['approved', 'approved']);
  });

  it('lets an approval that names nothing cover the next such call only', () => {
    expect(statuses(unnamed(), aToolCall(), write(), write())).toEqual(['approved', 'missing']);
    expect(statuses(unnamed(), approval({ callId: 'c' }), write({ callId: 'c' }), write({ callId: 'd' }))).toEqual([
      'approved',
      'missing',
    ]);
  });

  it('prefers the decision on the very call over a later approval of the tool', () => {
    const own = { callId: 'c' };
    expect(statuses(approval(own), approval({ by: 'policy' }), write(own))).toEqual(['approved']);
    expect(statuses(approval({ ...own, decision: 'reject' }), approval(), write(own))).toEqual(['refused']);
  });

  it.each([{}, { tool: undefined }, { by: undefined }])(
    'lets a later refusal that may concern the call beat its own approval: %j',
    (vague) => {
      const own = { callId: 'c' };
      const refusal = approval({ decision: 'reject', ...vague });
      expect(statuses(approval(own), refusal, write(own))).toEqual(['refused']);
      expect(statuses(approval(own), refusal, approval(), write(own))).toEqual(['refused']);
      expect(statuses(refusal, approval(own), write(own))).toEqual(['approved']);
    },
  );

  it('lets no call use an approval that a refusal has ended', () => {
    const own = { callId: 'c' };
    expect(statuses(approval(own), approval({ decision: 'reject' }), write(own), write())).toEqual([
      'refused',
      'missing',
    ]);
  });

  it('does not end an approval with a refusal of another call or tool', () => {
    const own = { callId: 'c' };
    expect(statuses(approval(own), approval({ decision: 'reject', callId: 'd' }), write(own))).toEqual(['approved']);
    expect(statuses(approval(own), approval({ decision: 'reject', tool: 'refund' }), write(own))).toEqual(['approved']);
  });

  it('lets the latest decision stand', () => {
    expect(statuses(approval(), approval({ decision: 'reject' }), write())).toEqual(['refused']);
    expect(statuses(approval({ decision: 'escalate' }), approval(), write())).toEqual(['approved']);
    expect(statuses(approval(), unnamed({ decision: 'reject' }), write())).toEqual(['refused']);
  });

  it.each(['policy', 'none'] as const)('never takes an approval by %s for a human one', (by) => {
    expect(statuses(approval({ by }), write())).toEqual(['not-human']);
    expect(statuses(approval({ by, decision: undefined }), write())).toEqual(['not-human']);
  });

  it.each(['reject', 'escalate', 'terminate'] as const)('finds a call after the decision %s refused', (decision) => {
    expect(statuses(approval({ decision }), write())).toEqual(['refused']);
    expect(statuses(approval({ decision, by: undefined }), write())).toEqual(['refused']);
  });

  it('knows nothing when the approval does not say who, what, or which call, or failed itself', () => {
    expect(statuses(approval({ by: undefined }), write())).toEqual(['unknown']);
    expect(statuses(approval({ decision: undefined }), write())).toEqual(['unknown']);
    expect(statuses(unnamed({ callId: 'c' }), write())).toEqual(['unknown']);
    expect(statuses(approval({ error: 'timeout' }), write())).toEqual(['unknown']);
  });

  it('finds an approval late that was decided while the call already ran', () => {
    const call = write({ startMs: 1_000 });
    expect(statuses(approval({ startMs: 400, durationMs: 600 }), call)).toEqual(['approved']);
    expect(statuses(approval({ startMs: 400, durationMs: 601 }), call)).toEqual(['late']);
    expect(statuses(approval({ startMs: 1_000, durationMs: 0 }), call)).toEqual(['approved']);
  });

  it('does not know when a decision stood whose span has no end', () => {
    const call = write({ startMs: 1_000 });
    expect(statuses(approval({ startMs: 400, durationMs: undefined }), call)).toEqual(['unknown']);
  });

  it('goes by the order of the steps only where neither has a time', () => {
    expect(statuses(approval({ startMs: undefined }), write({ startMs: undefined }))).toEqual(['approved']);
    expect(statuses(approval({ startMs: undefined }), write())).toEqual(['unknown']);
    expect(statuses(approval(), write({ startMs: undefined }))).toEqual(['unknown']);
  });

  it('takes approval attributes on the span of the call as the approval it ran under', () => {
    const ref = aRef(7);
    const own = approval({ ref, startMs: 1_000, durationMs: 80 });
    expect(statuses(own, write({ ref, startMs: 1_000 }), write())).toEqual(['approved', 'missing']);
    expect(statuses(write({ ref, startMs: 1_000 }), own, write())).toEqual(['approved', 'missing']);
    expect(statuses(write({ ref }), { ...own, by: 'none', decision: undefined })).toEqual(['not-human']);
  });

  it('does not know what a tool did before an approval event inside its span', () => {
    const call = write({ ref: aRef(7), startMs: 1_000 });
    const event = (startMs: number) => approval({ ref: aRef(7, { pointer: `${call.ref.pointer}/events/0` }), startMs });
    expect(statuses(call, event(1_500), write())).toEqual(['unknown', 'missing']);
    expect(statuses(event(999), call)).toEqual(['approved']);
  });

  it('takes nothing from a span whose pointer only begins alike', () => {
    const call = write({ ref: aRef(7, { pointer: '/spans/1' }) });
    expect(statuses(call, approval({ ref: aRef(7, { pointer: '/spans/10' }) }))).toEqual(['missing']);
  });

  it('finds the approval of each of 10,000 calls that come after all approvals', () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
    const approvals = ids.map((callId, i) => approval({ callId, ref: aRef(i) }));
    const calls = ids.map((callId, i) => write({ callId, ref: aRef(10_000 + i) }));
    const judged = judgeApprovals(aRun({ steps: [...approvals, ...calls] }), () => 'needed');
    expect(judged.map(({ approval }) => approval?.callId)).toEqual(ids);
  });
});

describe('an approval with the arguments that were approved', () => {
  const plan = aPlan({ tools: { del: { effect: 'irreversible', approve: 'always' } } });
  const del = (id: number, callId?: string) =>
    aToolCall({ tool: 'del', callId, args: `{"id":${id},"why":"x"}`, startMs: undefined });
  const yes = (id: number) => anApproval({ tool: 'del', callId: undefined, args: `{"id":${id}}`, startMs: undefined });
  const statuses = (...steps: Step[]) =>
    judgeApprovals(aRun({ steps }), () => 'needed', approvalSubject(plan)).map(({ status }) => status);

  it('is about the call that has them, whichever comes first', () => {
    expect(statuses(yes(1), del(2))).toEqual(['missing']);
    expect(statuses(yes(1), del(2), del(1))).toEqual(['missing', 'approved']);
    expect(statuses(yes(1), yes(2), del(1), del(2))).toEqual(['approved', 'approved']);
    expect(statuses({ ...yes(1), callId: 'c' }, del(2, 'c'))).toEqual(['missing']);
  });

  it('is about any call where one of them is not recorded', () => {
    expect(statuses({ ...yes(1), args: '{"summary":"all of them"}' }, del(2))).toEqual(['approved']);
    expect(statuses({ ...yes(1), args: undefined }, del(2))).toEqual(['approved']);
    expect(statuses(yes(1), { ...del(2), args: undefined })).toEqual(['approved']);
  });
});

describe("the user's own yes", () => {
  const judged = (...steps: Step[]) => judgeApprovals(aRun({ steps }), () => 'given').map(({ status }) => status);

  it('is enough, unless somebody said no to the call', () => {
    expect(judged(write())).toEqual(['approved']);
    expect(judged(approval(), write())).toEqual(['approved']);
    expect(judged(approval({ decision: 'reject' }), write())).toEqual(['refused']);
  });
});
