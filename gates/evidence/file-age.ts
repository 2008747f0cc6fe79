import type { CheckResult } from '../../src/contract/check.ts';
import { inspectedRef } from '../../src/contract/inspected-ref.ts';
import type { InspectedFile, Inspection } from '../../src/contract/inspection.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatMeasurement, type Measurement } from '../../src/contract/units.ts';
import { MISSING_HISTORY } from './history.ts';
import { CLOCK_SKEW_MS, inDays } from './instants.ts';

interface Aging {
  /** What the files are, for messages. */
  readonly name: string;
  /** At least one. */
  readonly files: readonly InspectedFile[];
  /** In days. */
  readonly limit: Measurement;
  /** Name of the limit of the check that `limit` is; absent: it is declared elsewhere. */
  readonly limitName?: string;
}

/** Whether no file was last changed longer ago than the limit: the oldest decides, because it may be the one relied on. */
export function judgeAge(aging: Aging, plan: Plan, { hasHistory }: Inspection): CheckResult {
  const { name, files, limit, limitName } = aging;
  const nowMs = Date.parse(plan.evaluatedAt);
  const dated = files
    .map((file) => ({ file, ageMs: nowMs - Date.parse(file.changedAt ?? '') }))
    .filter(({ ageMs }) => ageMs >= -CLOCK_SKEW_MS)
    .sort((a, b) => b.ageMs - a.ageMs);
  const compared = { limit, n: files.length, ...(limitName === undefined ? {} : { limitName }) };
  const [oldest] = dated;
  if (oldest !== undefined) {
    const measured = inDays(Math.max(0, oldest.ageMs));
    const message = `${showName(oldest.file.path)} of ${name} was changed ${formatMeasurement(measured, limit)} before the evaluation, limit ${formatMeasurement(limit, limit)}`;
    const judged = { measured, ...compared, message, evidence: [inspectedRef(oldest.file)] as const };
    if (measured.value > limit.value) return { outcome: 'fail', ...judged };
    if (dated.length === files.length && hasHistory === true) return { outcome: 'pass', ...judged };
  }
  return { outcome: 'inconclusive', ...compared, ...undated(aging, files.length - dated.length, hasHistory) };
}

function undated({ name }: Aging, count: number, hasHistory: boolean | undefined) {
  if (hasHistory !== true) {
    const message = `when the files of ${name} were last changed is not known: the whole history is not there`;
    return { message, missing: MISSING_HISTORY, evidence: [] };
  }
  const [files, were] = [quantity(count, 'file'), count === 1 ? 'was' : 'were'];
  return {
    message: `when ${files} of ${name} ${were} last changed is not known: not committed, or dated after the evaluation`,
    missing: {
      input: 'when every named file was last changed',
      remedy: 'Commit the named files, with a clock that does not run ahead.',
    },
    evidence: [],
  };
}
