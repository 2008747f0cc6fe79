import { type Finding, isFailing } from '../contract/finding.ts';
import { quantity } from '../contract/quantity.ts';
import type { GateResult } from '../contract/result.ts';

/**
 * `1 of 3 checks passed, 1 failed, 1 inconclusive; 1 advisory failed`: the checks that decide the gate, apart from those
 * that are reported only. For an idle gate the declaration that made it so.
 */
export function gateSummary({ id, because }: GateResult, findings: readonly Finding[]): string {
  if (because !== null) return because;
  const own = findings.filter(({ gate }) => gate === id);
  const blockers = own.filter(({ severity, outcome }) => severity === 'blocker' && outcome !== 'not-applicable');
  if (blockers.length === 0) return 'no blocking check was judged';
  const count = (outcome: Finding['outcome']) => blockers.filter((finding) => finding.outcome === outcome).length;
  const others = [
    [count('fail'), 'failed'],
    [count('error'), 'threw'],
    [count('inconclusive'), 'inconclusive'],
  ] as const;
  const counts = [
    `${count('pass')} of ${blockers.length} checks passed`,
    ...others.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`),
  ].join(', ');
  const advisories = own.filter((finding) => finding.severity === 'advisory' && isFailing(finding)).length;
  return advisories === 0 ? counts : `${counts}; ${quantity(advisories, 'advisory', 'advisories')} failed`;
}
