import type { CheckResult } from './check.ts';
import type { MissingInput } from './measure.ts';
import { showName } from './name-counts.ts';
import { quantity } from './quantity.ts';

/** The input that is missing where releases cannot be compared. */
export const COMPARABLE = 'a baseline that can be compared';

/** What a check of drift says where the baseline holds nothing to compare with. */
export function notComparable(message: string): CheckResult {
  const missing = {
    input: COMPARABLE,
    remedy:
      'Give with --baseline the bundle of an earlier evaluation of this workload with the same scenarios, made with this version of aigate.',
  };
  return { outcome: 'inconclusive', message, missing, evidence: [] };
}

/** What more runs would decide; `fewest` undefined: no number of them would for certain. */
export function moreOfBoth(fewest: number | undefined): MissingInput {
  const runs = fewest === undefined ? 'more runs' : `at least ${quantity(fewest, 'run')}`;
  return {
    input: 'more runs of this release and of the baseline',
    remedy: `Record ${runs} of this release in the mix of these, and as many for the baseline.`,
  };
}

/** What a scenario lacks that only the baseline ran. */
export function runsOfLost(ids: readonly string[]): MissingInput {
  return {
    input: 'runs of every declared scenario',
    remedy: `Record runs of ${ids.map(showName).join(', ')}, which the baseline has.`,
  };
}
