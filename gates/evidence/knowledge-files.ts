import type { CheckResult } from '../../src/contract/check.ts';
import type { Inspection } from '../../src/contract/inspection.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Knowledge, Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import type { Measurement } from '../../src/contract/units.ts';
import { judgeAge } from './file-age.ts';
import { inDays } from './instants.ts';

interface Named extends Pick<Knowledge, 'name' | 'path' | 'maxAgeMs'> {
  /** Place in the manifest's list of knowledge. */
  readonly index: number;
}

/** Whether the documents of one source are there, and none of them is older than declared. */
export function judgeFiles(named: Named, plan: Plan, inspection: Inspection): CheckResult {
  const pointer = pointerOf('knowledge', named.index, 'path');
  const files = inspection.files[pointer] ?? [];
  const filled = files.filter(({ bytes }) => bytes > 0);
  const present = { measured: count(filled.length), limit: count(1), n: files.length };
  const name = `${showName(named.name)} (${showName(named.path)})`;
  const evidence = [manifestRef(plan, pointer)] as const;
  if (filled.length === 0) {
    const message = files.length === 0 ? `${name} names no file` : `every file of ${name} is empty`;
    return { outcome: 'fail', ...present, message, evidence };
  }
  if (named.maxAgeMs === undefined) {
    const message = `${name} has ${quantity(filled.length, 'file')}, and no age is declared`;
    return { outcome: 'pass', ...present, message, evidence };
  }
  return judgeAge({ name, files, limit: inDays(named.maxAgeMs) }, plan, inspection);
}

function count(value: number): Measurement {
  return { value, unit: 'count' };
}
