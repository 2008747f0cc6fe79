import { vi } from 'vitest';

/** Freezes a value and everything it holds, so that a change of the input throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}

/** Runs `body` with a clock and a random source that throw: what depends on either is not recomputable. */
export function withoutClockOrChance<T>(body: () => T): T {
  const forbid = (what: string) => () => {
    throw new Error(`${what} is forbidden here: results must be recomputable`);
  };
  const RealDate = Date;
  const now = vi.spyOn(Date, 'now').mockImplementation(forbid('Date.now'));
  const random = vi.spyOn(Math, 'random').mockImplementation(forbid('Math.random'));
  class FixedDate extends RealDate {
    constructor(...args: readonly [] | readonly [string | number]) {
      if (args.length === 0) forbid('new Date() without a value')();
      super(args[0] ?? Number.NaN);
    }
  }
  vi.stubGlobal('Date', FixedDate);
  try {
    return body();
  } finally {
    vi.unstubAllGlobals();
    now.mockRestore();
    random.mockRestore();
  }
}
