import { type AllowedCall, createLedger } from './budget-ledger.ts';
import { type BudgetStop, type Limits, leftOf, limitWithoutRoom, type Need, type Totals } from './budget-limits.ts';

/** A run that may start. */
export interface AllowedRun {
  /**
   * Before each call. Beyond what the run reserved it needs room of its own.
   * @param mostNanoUsd the most it may cost; undefined = no price is known
   */
  mayCall(mostNanoUsd: bigint | undefined): { readonly may: true; readonly call: AllowedCall } | Refusal;
  /** The run is over: what it reserved and did not spend is free again. Its calls under way still count. */
  end(): void;
}

/** Not enough is left. */
export interface Refusal {
  readonly may: false;
  readonly stop: BudgetStop;
}

/** A budget of a live execution. */
export interface Budget {
  /** Whether a run of this size fits beside all that is spent and reserved; if so, it is reserved. */
  mayStart(estimate: Need): { readonly may: true; readonly run: AllowedRun } | Refusal;
  /** So far, without what is reserved. */
  spent(): Totals;
  /** What is left of each limit beside what is spent and reserved. */
  left(): Limits;
}

/**
 * Money, calls and wall time of a live execution. What is spent and what is reserved together never exceed a limit, so an
 * execution stops before it overspends; only calls that cost more than their estimate can lead beyond it, and then
 * nothing more may start.
 * @param now ms on a clock that never goes back; the wall time begins with this call
 */
export function createBudget(limits: Limits, now: () => number): Budget {
  const beginMs = now();
  const ledger = createLedger();
  const elapsedMs = () => now() - beginMs;
  const refusal = (need: Need): Refusal | undefined => {
    const { spent, committed } = ledger;
    const stop = limitWithoutRoom(limits, { need, spent: spent(), committed: committed(), elapsedMs: elapsedMs() });
    return stop === undefined ? undefined : { may: false, stop };
  };
  const open = (reserved: Totals): AllowedRun => {
    const account = ledger.open(reserved);
    return {
      mayCall: (mostNanoUsd) => {
        const most = { nanoUsd: mostNanoUsd ?? 0n, calls: 1 };
        const beyond = account.beyond(most);
        const refused = refusal(mostNanoUsd === undefined ? { ...beyond, nanoUsd: undefined } : beyond);
        return refused ?? { may: true, call: account.begin(most) };
      },
      end: account.close,
    };
  };
  return {
    mayStart: (need) => {
      return refusal(need) ?? { may: true, run: open({ nanoUsd: need.nanoUsd ?? 0n, calls: need.calls }) };
    },
    spent: ledger.spent,
    left: () => leftOf(limits, ledger.committed(), elapsedMs()),
  };
}
