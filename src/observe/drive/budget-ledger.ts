import { larger, NOTHING, plus, type Totals, without } from './budget-limits.ts';

/** A call that may be sent. One of the two is called, once; what is called after it changes nothing. */
export interface AllowedCall {
  /** It was sent. Nano-USD; undefined = no price is known: its estimate is charged, because unknown is not free. */
  spend(nanoUsd: bigint | undefined): void;
  /** It was never sent. */
  cancel(): void;
}

/** What one run keeps from others: the larger of what it reserved and what its calls under way may cost. */
export interface RunAccount {
  /** What a call would take beyond that. */
  beyond(most: Totals): Totals;
  begin(most: Totals): AllowedCall;
  /** Gives back what was reserved and not spent; calls under way still count. */
  close(): void;
}

/** What is spent, and what runs keep from each other. */
export interface Ledger {
  spent(): Totals;
  /** Spent and kept. */
  committed(): Totals;
  open(reserved: Totals): RunAccount;
}

interface Held {
  reserved: Totals;
  underWay: Totals;
}

/** The books of a budget; it refuses nothing. */
export function createLedger(): Ledger {
  const held = new Set<Held>();
  let spent = NOTHING;
  const begin = (run: Held, most: Totals): AllowedCall => {
    held.add(run);
    run.underWay = plus(run.underWay, most);
    const settle = once((cost) => {
      spent = plus(spent, cost);
      run.reserved = without(run.reserved, cost);
      run.underWay = without(run.underWay, most);
      forgetIfEmpty(held, run);
    });
    return {
      spend: (nanoUsd) => settle({ nanoUsd: nanoUsd ?? most.nanoUsd, calls: most.calls }),
      cancel: () => settle(NOTHING),
    };
  };
  return {
    spent: () => spent,
    committed: () => [...held].reduce((sum, run) => plus(sum, larger(run.reserved, run.underWay)), spent),
    open: (reserved) => {
      const run: Held = { reserved, underWay: NOTHING };
      held.add(run);
      return {
        beyond: (most) => without(plus(run.underWay, most), larger(run.reserved, run.underWay)),
        begin: (most) => begin(run, most),
        close: () => {
          run.reserved = NOTHING;
          forgetIfEmpty(held, run);
        },
      };
    },
  };
}

/** Keeps the books as short as what is running. */
function forgetIfEmpty(held: Set<Held>, run: Held): void {
  if (isNothing(larger(run.reserved, run.underWay))) held.delete(run);
}

function isNothing({ nanoUsd, calls }: Totals): boolean {
  return nanoUsd === 0n && calls === 0;
}

function once(act: (cost: Totals) => void): (cost: Totals) => void {
  let isDone = false;
  return (cost) => {
    if (isDone) return;
    isDone = true;
    act(cost);
  };
}
