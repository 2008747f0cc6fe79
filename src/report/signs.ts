import type { Outcome } from '../contract/finding.ts';
import type { RunResult } from '../contract/result.ts';

/** A word and a symbol for every outcome, so that nothing is said by colour alone. */
export const SIGNS: Readonly<Record<Outcome, { readonly symbol: string; readonly word: string }>> = {
  pass: { symbol: '✓', word: 'PASS' },
  fail: { symbol: '✗', word: 'FAIL' },
  inconclusive: { symbol: '?', word: 'INCONCLUSIVE' },
  'not-applicable': { symbol: '–', word: 'NOT APPLICABLE' },
  error: { symbol: '!', word: 'ERROR' },
};

/** `FAIL: stage release, lane production, blocks, not releasable, exit code 1`: the same words in every format. */
export function verdictLine(result: RunResult): string {
  const { decision, stage, lane, blocking, releasable, exitCode } = result;
  return [
    `${SIGNS[decision].word}: stage ${stage}`,
    `lane ${lane}`,
    blocking ? 'blocks' : 'does not block',
    releasable ? 'releasable' : 'not releasable',
    `exit code ${exitCode}`,
  ].join(', ');
}

/** A demonstration says so at both ends of every report. */
export const DEMO_NOTICE =
  'DEMO: synthetic runs are admitted. This shows how the gate works and proves nothing about a workload.';
