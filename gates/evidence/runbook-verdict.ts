import type { CheckResult } from '../../src/contract/check.ts';
import { inspectedRef } from '../../src/contract/inspected-ref.ts';
import type { InspectedFile, Inspection } from '../../src/contract/inspection.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatNumber, type Measurement } from '../../src/contract/units.ts';
import { WITNESS_LIMIT } from '../../src/contract/witness.ts';
import { type InspectedText, readTexts } from './inspected-text.ts';
import { isNamedIn, type RunbookSubject, runbookSubjects } from './runbook-names.ts';

interface Asked {
  readonly plan: Plan;
  readonly inspection: Inspection;
  /** Subjects that may go without a name. */
  readonly unnamed: number;
}

/** Whether the texts of the runbook, of which there is at least one, name all that was declared. */
export function judgeNames(
  files: readonly [InspectedFile, ...InspectedFile[]],
  { plan, inspection, unnamed }: Asked,
): CheckResult {
  const found = readTexts(files, inspection);
  const subjects = runbookSubjects(plan);
  const answers = subjects.map((subject) => isNamedIn(found.text, subject));
  const absent = subjects.filter((_, index) => answers[index] === 'no');
  const hidden = subjects.filter((_, index) => answers[index] === 'hidden');
  const name = `the runbook (${files.map(({ path }) => showName(path)).join(', ')})`;
  const seenAt = inspectedRef(files[0]);
  if (found.text === '' && found.unreadable.length === 0) {
    const compared = { measured: count(0), limit: count(1), n: files.length };
    return { outcome: 'fail', ...compared, message: `${name} is empty`, evidence: [seenAt] };
  }
  const n = subjects.length;
  const gap = whyUnknown(found, { absent, hidden, unnamed });
  if (gap !== undefined) return { outcome: 'inconclusive', n, ...gap, evidence: [seenAt] };
  const compared = { measured: count(absent.length), limit: count(unnamed), limitName: 'unnamed', n };
  const rest = absent.length === 0 ? '' : `, and not ${labelsOf(absent)}`;
  const message = `${name} names ${formatNumber(n - absent.length)} of ${quantity(n, 'declared fallback, queue and monitor', 'declared fallbacks, queues and monitors')}${rest}`;
  if (absent.length <= unnamed) return { outcome: 'pass', ...compared, message, evidence: [seenAt] };
  const places = absent.map(({ ref }) => ref).slice(0, WITNESS_LIMIT);
  return { outcome: 'fail', ...compared, message, evidence: [seenAt, ...places] };
}

interface Lacking {
  readonly absent: readonly RunbookSubject[];
  readonly hidden: readonly RunbookSubject[];
  readonly unnamed: number;
}

/** Why the text does not show what the runbook names, or undefined when it does. */
function whyUnknown(
  { unreadable, cut }: InspectedText,
  { absent, hidden, unnamed }: Lacking,
): { message: string; missing: MissingInput } | undefined {
  if (unreadable.length > 0) {
    return {
      message: `the runbook holds no text that can be read: ${unreadable.map(showName).join(', ')}`,
      missing: { input: 'the text of the runbook', remedy: 'Keep the runbook as UTF-8 text, such as Markdown.' },
    };
  }
  if (cut.length > 0 && absent.length > unnamed) {
    return {
      message: `only the beginning of ${cut.map(showName).join(', ')} was looked at, and it does not name ${labelsOf(absent)}`,
      missing: {
        input: 'the text of the runbook',
        remedy: 'Keep the part of the runbook that is for this workload in a text of its own.',
      },
    };
  }
  if (hidden.length === 0 || absent.length > unnamed) return undefined;
  return {
    message: `whether the runbook names ${labelsOf(hidden)} is not known: addresses are replaced before it is looked at`,
    missing: {
      input: 'names in the runbook that are no personal data',
      remedy: 'Name the queue in manifest and runbook by a word that is no address or telephone number.',
    },
  };
}

function labelsOf(subjects: readonly RunbookSubject[]): string {
  return subjects.map(({ label }) => label).join(', ');
}

function count(value: number): Measurement {
  return { value, unit: 'count' };
}
