import type { InspectedFile, Inspection } from '../../../src/contract/inspection.ts';
import { anInspectedFile, anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aLock } from '../../../src/dev/testing/served.ts';
import check from './prompt-lock.ts';

const limits = { files: 0 };
const plan = aPlan({ artifacts: ['prompts/**', '**'], lock: 'aigate.lock' });
const sha256 = anInspectedFile('x').sha256;
const other = '0'.repeat(64);
const over = (
  locked: Readonly<Record<string, string>>,
  files: readonly InspectedFile[] = [anInspectedFile('prompts/a.md'), anInspectedFile('skills/b.md')],
  more: Partial<Inspection> = {},
) => ({
  seen: {},
  context: {
    plan,
    inspection: anInspection({
      files: { '/workload/artifacts/0': files.slice(0, 1), '/workload/artifacts/1': [...files, ...LOCK] },
      lock: aLock({}, locked),
      ...more,
    }),
  },
});
const LOCK = [anInspectedFile('aigate.lock')];
const both = { 'prompts/a.md': sha256, 'skills/b.md': sha256 };

testCheck(check, {
  pass: [
    {
      name: 'every file is the locked one, each counted once, the lock not at all',
      ...over(both),
      limits,
      says: '0 differences from aigate.lock in 2 artifacts',
    },
    {
      name: 'changes exactly at the limit',
      ...over({ ...both, 'skills/b.md': other }),
      limits: { files: 1 },
      says: '1 difference from aigate.lock in 2 artifacts: file skills/b.md changed',
    },
  ],
  fail: [
    {
      name: 'one changed file more than the limit',
      ...over({ 'prompts/a.md': other, 'skills/b.md': other }),
      limits: { files: 1 },
      says: 'file prompts/a.md changed; file skills/b.md changed',
    },
    { name: 'a file is new', ...over({ 'prompts/a.md': sha256 }), limits, says: 'file skills/b.md added' },
    {
      name: 'a locked file is gone',
      ...over({ ...both, 'prompts/c.md': sha256 }),
      limits,
      says: 'file prompts/c.md removed',
    },
    { name: 'all files are gone', ...over(both, []), limits, says: '2 differences from aigate.lock in 0 artifacts' },
  ],
  inconclusive: [
    {
      name: 'there is no lock',
      ...over(both, undefined, { lock: { status: 'absent', path: 'aigate.lock' } }),
      limits,
      says: 'aigate.lock is not there',
    },
    {
      name: 'no lock is declared and a policy asks for one',
      ...over(both, undefined, { lock: undefined }),
      limits,
      says: 'the manifest declares no lock',
    },
    {
      name: 'nothing is declared and nothing is locked',
      ...over({}, []),
      limits,
      says: 'no artifacts are declared or locked',
    },
  ],
});
