import type { CheckResult } from '../../src/contract/check.ts';
import { type Judgement, worstOf } from '../../src/contract/statistics/judgement.ts';
import { WITNESS_LIMIT } from '../../src/contract/witness.ts';

/**
 * What several requirements come to that must all hold: the worst decides and gives the numbers, and the message names
 * every one that came out as badly.
 */
export function allOf(results: readonly [CheckResult, ...CheckResult[]]): CheckResult {
  const worst = worstOf(results.map((result): Judgement => ({ result, badness: 0 })));
  const alike = results.filter(({ outcome }) => outcome === worst.outcome);
  const message = alike.map((result) => result.message).join('; ');
  const evidence = alike.flatMap((result) => result.evidence).slice(0, WITNESS_LIMIT);
  if (worst.outcome !== 'fail') return { ...worst, message, evidence };
  const [first = worst.evidence[0], ...others] = evidence;
  return { ...worst, message, evidence: [first, ...others] };
}
