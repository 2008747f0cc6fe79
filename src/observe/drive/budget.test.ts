import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AllowedRun, createBudget } from './budget.ts';
import type { AllowedCall } from './budget-ledger.ts';
import type { Limits, Need } from './budget-limits.ts';

function budgetOf(limits: Limits) {
  const clock = { ms: 5_000 };
  return { budget: createBudget(limits, () => clock.ms), clock };
}

function started(answer: { may: true; run: AllowedRun } | { may: false; stop: unknown }): AllowedRun {
  if (!answer.may) throw new Error('refused');
  return answer.run;
}

function allowed(answer: { may: true; call: AllowedCall } | { may: false; stop: unknown }): AllowedCall {
  if (!answer.may) throw new Error('refused');
  return answer.call;
}

const need = (nanoUsd: bigint | undefined, calls = 1, wallMs?: number): Need => {
  return { nanoUsd, calls, ...(wallMs !== undefined && { wallMs }) };
};

describe('a budget', () => {
  it('lets runs start up to the exact limit and names the limit that stops the next', () => {
    const { budget } = budgetOf({ nanoUsd: 100n, calls: 9 });
    started(budget.mayStart(need(60n)));
    started(budget.mayStart(need(40n)));
    expect(budget.mayStart(need(1n))).toEqual({
      may: false,
      stop: { limit: 'money', need: 1n, left: 0n, isFinal: false },
    });
    expect(budget.mayStart(need(0n, 8))).toMatchObject({ stop: { limit: 'calls', need: 8, left: 7, isFinal: false } });
  });

  it('gives back what a run reserved and did not spend', () => {
    const { budget } = budgetOf({ nanoUsd: 100n, calls: 4 });
    const run = started(budget.mayStart(need(100n, 4)));
    allowed(run.mayCall(30n)).spend(20n);
    run.end();
    expect(budget.spent()).toEqual({ nanoUsd: 20n, calls: 1 });
    expect(budget.left()).toEqual({ nanoUsd: 80n, calls: 3 });
    expect(budget.mayStart(need(81n))).toMatchObject({ stop: { limit: 'money', left: 80n, isFinal: true } });
  });

  it('stops a run that needs more than it reserved where others have reserved the rest', () => {
    const { budget } = budgetOf({ nanoUsd: 100n });
    const greedy = started(budget.mayStart(need(50n)));
    started(budget.mayStart(need(50n)));
    allowed(greedy.mayCall(50n)).spend(50n);
    expect(greedy.mayCall(1n)).toMatchObject({ may: false, stop: { limit: 'money', need: 1n, left: 0n } });
  });

  it('counts the calls under way of a run that is over', () => {
    const { budget } = budgetOf({ calls: 1 });
    const run = started(budget.mayStart(need(undefined)));
    const call = allowed(run.mayCall(undefined));
    run.end();
    expect(budget.mayStart(need(0n))).toMatchObject({ may: false, stop: { limit: 'calls', isFinal: false } });
    call.cancel();
    call.spend(9n);
    expect(budget.spent()).toEqual({ nanoUsd: 0n, calls: 0 });
    expect(budget.mayStart(need(0n)).may).toBe(true);
  });

  it('refuses what has no price when money is limited, and charges the estimate when the bill has none', () => {
    const { budget } = budgetOf({ nanoUsd: 100n });
    expect(budget.mayStart(need(undefined))).toEqual({
      may: false,
      stop: { limit: 'money', need: undefined, left: 100n, isFinal: true },
    });
    const run = started(budget.mayStart(need(40n)));
    expect(run.mayCall(undefined)).toMatchObject({ may: false, stop: { limit: 'money' } });
    allowed(run.mayCall(40n)).spend(undefined);
    expect(budget.spent().nanoUsd).toBe(40n);
  });

  it('stops everything once a call has cost more than the limit', () => {
    const { budget } = budgetOf({ nanoUsd: 100n });
    const run = started(budget.mayStart(need(90n, 3)));
    const other = started(budget.mayStart(need(10n)));
    allowed(run.mayCall(10n)).spend(500n);
    expect(run.mayCall(1n).may).toBe(false);
    expect(other.mayCall(1n)).toMatchObject({ stop: { limit: 'money', left: 0n, isFinal: true } });
    expect(budget.left()).toEqual({ nanoUsd: 0n });
  });

  it('stops at the wall time, and before it what would not end within it', () => {
    const { budget, clock } = budgetOf({ wallMs: 1_000 });
    clock.ms += 400;
    started(budget.mayStart(need(undefined, 1, 600)));
    expect(budget.mayStart(need(0n, 1, 601))).toEqual({
      may: false,
      stop: { limit: 'time', need: 601, left: 600, isFinal: true },
    });
    clock.ms += 600;
    expect(budget.mayStart(need(0n))).toMatchObject({ stop: { limit: 'time', left: 0 } });
  });

  it('without limits stops nothing, and with limits of 0 everything', () => {
    expect(budgetOf({}).budget.mayStart(need(undefined, 1e9)).may).toBe(true);
    for (const limits of [{ nanoUsd: 0n }, { calls: 0 }, { wallMs: 0 }]) {
      expect(budgetOf(limits).budget.mayStart(need(1n)).may).toBe(false);
    }
  });

  it('is never exceeded by calls that cost at most their estimate, whatever runs do', () => {
    const step = fc.record({
      act: fc.constantFrom('start', 'call', 'spend', 'cancel', 'end'),
      at: fc.nat(9),
      amount: fc.bigInt(0n, 60n),
      calls: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const { budget } = budgetOf({ nanoUsd: 200n, calls: 12 });
        const runs: AllowedRun[] = [];
        const calls: { readonly call: AllowedCall; readonly most: bigint }[] = [];
        for (const { act, at, amount, calls: count } of steps) {
          const answer = act === 'start' ? budget.mayStart(need(amount, count)) : undefined;
          if (answer?.may) runs.push(answer.run);
          const asked = act === 'call' ? runs[at % runs.length]?.mayCall(amount) : undefined;
          if (asked?.may) calls.push({ call: asked.call, most: amount });
          const running = calls[at % calls.length];
          if (act === 'spend') running?.call.spend(amount < running.most ? amount : running.most);
          if (act === 'cancel') running?.call.cancel();
          if (act === 'end') runs[at % runs.length]?.end();
          expect(budget.spent().nanoUsd).toBeLessThanOrEqual(200n);
          expect(budget.spent().calls).toBeLessThanOrEqual(12);
        }
        for (const { call, most } of calls) call.spend(most);
        expect(budget.spent().nanoUsd).toBeLessThanOrEqual(200n);
        expect(budget.spent().calls).toBeLessThanOrEqual(12);
      }),
      { numRuns: 500 },
    );
  });
});
