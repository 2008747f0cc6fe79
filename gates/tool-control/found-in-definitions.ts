import type { CheckResult } from '../../src/contract/check.ts';
import type { EvidenceRef } from '../../src/contract/evidence.ts';
import type { Inspection } from '../../src/contract/inspection.ts';
import { listShown } from '../../src/contract/list-shown.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { WITNESS_LIMIT, witnessesOf } from '../../src/contract/witness.ts';
import { unlistedServers } from './offered-tools.ts';

/** Something that was found in what servers offer: a sentence, and the place that it is about. */
export interface Found {
  readonly text: string;
  readonly ref: EvidenceRef;
}

interface Judging {
  readonly found: readonly Found[];
  readonly limit: number;
  readonly limitName: string;
  /** How many definitions were looked at. */
  readonly n: number;
  /** What was counted, in words: `2 offered tools of 9 are not declared`. */
  readonly summary: string;
}

/**
 * A count against its limit. More is a fail, also where not every server could be asked; less passes only when all were.
 */
export function judgeFound(judging: Judging, plan: Plan, inspection: Inspection): CheckResult {
  const { found, limit, limitName, n, summary } = judging;
  const compared = {
    measured: { value: found.length, unit: 'count' },
    limit: { value: limit, unit: 'count' },
    limitName,
    n,
  } as const;
  const message = found.length === 0 ? summary : `${summary}: ${listShown(found.map(({ text }) => text))}`;
  const places = found.map(({ ref }) => ({ value: 0, ref })).slice(0, WITNESS_LIMIT);
  if (found.length > limit) return { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
  const gap = unlistedServers(plan, inspection);
  if (gap !== undefined) return { outcome: 'inconclusive', ...compared, ...gap, evidence: [] };
  return { outcome: 'pass', ...compared, message, evidence: [] };
}
