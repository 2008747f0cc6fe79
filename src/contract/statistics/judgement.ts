import type { CheckResult } from '../check.ts';

/** What one of several requirements of a check came to. */
export interface Judgement {
  readonly result: CheckResult;
  /** Ranks judgements with the same outcome: larger is worse; Infinity when nothing was measured. */
  readonly badness: number;
}

const RANK = { pass: 0, inconclusive: 1, fail: 2 } as const;

/** The requirement that decides, because all must hold: the worst outcome, then the largest badness, then the first. */
export function worstOf(judgements: readonly Judgement[]): CheckResult {
  return judgements.reduce((worst, next) => (isWorse(next, worst) ? next : worst)).result;
}

function isWorse(a: Judgement, b: Judgement): boolean {
  const distance = RANK[a.result.outcome] - RANK[b.result.outcome];
  return distance === 0 ? a.badness > b.badness : distance > 0;
}
