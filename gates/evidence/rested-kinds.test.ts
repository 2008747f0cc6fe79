import { expect, it } from 'vitest';
import type { Finding } from '../../src/contract/finding.ts';
import { aFinding } from '../../src/dev/testing/builders.ts';
import { describeRestedKinds } from './rested-kinds.ts';

const stall = aFinding({ checkId: 'fallback/stall', gate: 'fallback', kind: ['simulated'] });

it.each<[name: string, findings: Finding[], text: string | undefined]>([
  ['nothing without a finding', [], undefined],
  ['nothing of what did not pass', [aFinding({ outcome: 'inconclusive' }), aFinding({ outcome: 'fail' })], undefined],
  ['nothing of advisories', [aFinding({ severity: 'advisory' })], undefined],
  [
    'the kinds of each gate in the order of the gates, and what rests on drills',
    [stall, aFinding(), aFinding({ gate: 'fallback', kind: ['recorded', 'inspected'] })],
    'cost recorded; fallback inspected, recorded, simulated (fallback/stall)',
  ],
  ['a pass that rests on nothing seen', [aFinding({ kind: [] })], 'cost declarations and tables alone'],
])('describes %s', (_name, findings, text) => {
  expect(describeRestedKinds(findings)).toBe(text);
});
