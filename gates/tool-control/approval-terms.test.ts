import { describe, expect, it } from 'vitest';
import type { Approval, Step, ToolCall } from '../../src/contract/run.ts';
import type { ApprovalDemand } from '../../src/contract/tool-policy.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { bindingBreaches, freshnessBreaches } from './approval-terms.ts';

const planOf = (approval: ApprovalDemand) =>
  aPlan({ tools: { pay: { effect: 'write', approve: 'always', approval } } });
const pay = (overrides: Partial<ToolCall> = {}) => aToolCall({ tool: 'pay', callId: undefined, ...overrides });
const yes = (overrides: Partial<Approval> = {}) => anApproval({ tool: 'pay', ...overrides });
const bound = (steps: Step[], binds = ['amount']) =>
  bindingBreaches(aRun({ steps }), planOf({ binds })).map(({ standing }) => standing);
const fresh = (steps: Step[], demand: ApprovalDemand = {}) =>
  freshnessBreaches(aRun({ steps }), planOf(demand)).map(({ standing }) => standing);

describe('bindingBreaches', () => {
  it('compares each call with its own approval, also where ids repeat', () => {
    const call = (amount: number) => pay({ callId: 'c', args: `{"amount":${amount}}` });
    const approval = (amount: number) => yes({ callId: 'c', args: `{"amount":${amount}}` });
    expect(bound([approval(1), call(1), approval(2), call(2)])).toEqual(['held', 'held']);
    expect(bound([approval(1), call(1), approval(1), call(2)])).toEqual(['held', 'breached']);
  });

  it('takes of several approvals given at once the one with the values of the call', () => {
    const [one, two] = [1, 2].map((amount) => ({ args: `{"amount":${amount}}` }));
    const both = [yes(one), yes(two)];
    expect(bound([...both, pay(one), pay(two)])).toEqual(['held', 'held']);
    expect(bound([...both, pay(two), pay(one)])).toEqual(['held', 'held']);
    expect(bound([...both, pay(one), pay({ args: '{"amount":3}' })])).toEqual(['held', 'breached']);
  });

  it('leaves calls that nobody approved, or that were refused, to the check of approvals', () => {
    expect(bound([pay({ args: '{"amount":1}' })])).toEqual([]);
    expect(bound([yes({ decision: 'reject' }), pay()])).toEqual([]);
    expect(bound([pay(), yes()])).toEqual([]);
  });

  it('does not take two absent values for the approved one', () => {
    expect(bound([yes({ args: '{}' }), pay({ args: '{}' })])).toEqual(['unknown']);
    expect(bound([yes({ args: '{"amount":1}' }), pay({ args: '{}' })])).toEqual(['breached']);
    expect(bound([yes({ args: '{}' }), pay({ args: '{"amount":1}' })])).toEqual(['breached']);
  });

  it.each([undefined, '{"amount":', '{"amount":1,"note":"a…'])(
    'does not know arguments that are not whole: %s',
    (args) => {
      expect(bound([yes({ args: '{"amount":1}' }), pay({ args })])).toEqual(['unknown']);
      expect(bound([yes({ args }), pay({ args: '{"amount":1}' })])).toEqual(['unknown']);
    },
  );
});

describe('freshnessBreaches', () => {
  it('counts the age from the end of the decision', () => {
    const calledAfter = (ms: number) => [yes({ startMs: 0, durationMs: 100 }), pay({ startMs: 100 + ms })];
    expect(fresh(calledAfter(50), { withinMs: 50 })).toEqual(['held']);
    expect(fresh(calledAfter(51), { withinMs: 50 })).toEqual(['breached']);
  });

  it('finds an id that was used before, for whichever call', () => {
    const steps = [yes({ id: 'a' }), pay(), yes({ id: 'a' }), pay(), yes({ id: 'b' }), pay()];
    expect(fresh(steps)).toEqual(['held', 'breached', 'held']);
  });

  it('does not take approvals without an id for one another', () => {
    expect(fresh([yes(), pay(), yes(), pay()])).toEqual(['held', 'held']);
  });

  it.each(['agent-1', ' Agent-1', 'FRAUD-REVIEW'])('refuses the yes of the workload itself: %s', (approver) => {
    const run = aRun({ principal: 'agent-1', steps: [yes({ approver }), pay()] });
    expect(freshnessBreaches(run, planOf({}))).toMatchObject([{ standing: 'breached' }]);
  });

  it('wants the person that the manifest names', () => {
    expect(fresh([yes({ approver: 'treasurer' }), pay()], { by: 'treasurer' })).toEqual(['held']);
    expect(fresh([yes({ approver: 'analyst' }), pay()], { by: 'treasurer' })).toEqual(['breached']);
    expect(fresh([yes({ approver: 'analyst' }), pay()], { by: 'role:finance' })).toEqual(['breached']);
    expect(fresh([yes({ approver: 'analyst, role:finance' }), pay()], { by: 'role:finance' })).toEqual(['held']);
    expect(fresh([yes({ approver: 'role:finance' }), pay()], { by: 'role:finance' })).toEqual(['held']);
    expect(fresh([yes({ approver: 'Analyst <a@x.example> (role:finance)' }), pay()], { by: 'role:finance' })).toEqual([
      'held',
    ]);
    expect(fresh([yes({ approver: 'Analyst <a@x.example>' }), pay()], { by: 'a@x.example' })).toEqual(['held']);
  });

  it('judges 10,000 approved calls, each once', () => {
    const steps = Array.from({ length: 10_000 }, (_, i) => [
      yes({ callId: `c${i}`, id: `a${i}`, args: '{"amount":1}', ref: aRef(2 * i) }),
      pay({ callId: `c${i}`, args: '{"amount":1}', ref: aRef(2 * i + 1) }),
    ]).flat();
    expect(fresh(steps).filter((standing) => standing === 'held')).toHaveLength(10_000);
    expect(bound(steps).filter((standing) => standing === 'held')).toHaveLength(10_000);
  });
});
