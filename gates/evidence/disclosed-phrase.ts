import type { CheckResult } from '../../src/contract/check.ts';
import { inspectedRef } from '../../src/contract/inspected-ref.ts';
import type { Inspection } from '../../src/contract/inspection.ts';
import { manifestRef } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Disclosure, Plan } from '../../src/contract/plan.ts';
import { readTexts } from './inspected-text.ts';

const POINTER = '/evidence/disclosure/path';

interface ShownPhrase extends Disclosure {
  readonly path: string;
}

/** Whether the file of the interface holds the phrase; line ends and indents in either do not matter. */
export function judgePhrase(
  { phrase, path }: ShownPhrase,
  plan: Plan,
  inspection: Inspection | undefined,
): CheckResult {
  const files = inspection?.files[POINTER] ?? [];
  const [file] = files;
  const name = showName(path);
  const compared = {
    measured: { value: 0, unit: 'count' },
    limit: { value: 1, unit: 'count' },
    n: files.length,
  } as const;
  if (inspection === undefined || file === undefined) {
    const message = `${name}, which is to show ${showName(phrase)}, is not there`;
    return { outcome: 'fail', ...compared, message, evidence: [manifestRef(plan, POINTER)] };
  }
  const evidence = [inspectedRef(file)] as const;
  const { text, unreadable, cut } = readTexts(files, inspection);
  if (text.includes(phrase.replaceAll(/\s+/g, ' ').trim())) {
    const message = `${name} shows ${showName(phrase)}`;
    return { outcome: 'pass', ...compared, measured: { value: 1, unit: 'count' }, message, evidence };
  }
  const [unsearched] = [...unreadable, ...cut];
  if (unsearched !== undefined) {
    const message = `${name} could not be searched to its end for ${showName(phrase)}`;
    return { outcome: 'inconclusive', n: files.length, message, missing: MISSING_TEXT, evidence };
  }
  return { outcome: 'fail', ...compared, message: `${name} does not hold ${showName(phrase)}`, evidence };
}

const MISSING_TEXT = {
  input: 'the text that shows the disclosure',
  remedy: 'Declare a smaller file of the interface, in UTF-8, that holds the phrase.',
};
