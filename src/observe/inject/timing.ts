import { createHash } from 'node:crypto';
import type { FaultTiming } from '../../contract/drill-schedule.ts';

/**
 * Whether the n-th request of a run that the fault can meet is one that meets it; n from 1. Pure: the same numbers give
 * the same answer, whatever was asked before and whichever runs go beside.
 */
export function timingOf(timing: FaultTiming, run: number): (n: number) => boolean {
  switch (timing.type) {
    case 'always':
      return () => true;
    case 'first':
      return (n) => n <= timing.n;
    case 'after':
      return (n) => n > timing.n;
    case 'every':
      return (n) => n % timing.n === 0;
    case 'rate':
      return (n) => isDrawn(timing, run, n);
  }
}

/**
 * Systematic sampling over the runs, with a start of its own for each place in a run: of 1 ÷ share runs in a row one meets
 * the fault at that place, though nobody can tell which, and one place says nothing about the next.
 */
function isDrawn({ share, seed }: Extract<FaultTiming, { type: 'rate' }>, run: number, n: number): boolean {
  const start =
    createHash('sha256')
      .update(JSON.stringify([seed, n]))
      .digest()
      .readUInt32BE() /
    2 ** 32;
  // The whole numbers below the two ends differ once in 1 ÷ share runs. A share of 1 meets all.
  return Math.floor(start + (run + 1) * share) > Math.floor(start + run * share);
}
