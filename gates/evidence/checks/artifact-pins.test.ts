import type { InspectedFile, Inspection } from '../../../src/contract/inspection.ts';
import { anInspectedFile, anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './artifact-pins.ts';

const limits = { unpinned: 0 };
const prompt = anInspectedFile('prompts/system.md');
const over = (files: Record<number, InspectedFile[]>, overrides: Partial<Inspection> = {}, artifacts = 1) => ({
  seen: {},
  context: {
    plan: aPlan({
      artifacts: ['prompts/**', 'tools/*.json'].slice(0, artifacts),
      manifestLines: { '': 1, '/workload/artifacts/1': 9 },
    }),
    inspection: anInspection({
      files: Object.fromEntries(Object.entries(files).map(([i, list]) => [`/workload/artifacts/${i}`, list])),
      ...overrides,
    }),
  },
});

testCheck(check, {
  pass: [
    { name: 'every file is committed', ...over({ 0: [prompt] }), limits, says: '0 faults in 1 artifact of 1 glob' },
    {
      name: 'two globs name the same file, which counts once',
      ...over({ 0: [prompt], 1: [prompt] }, {}, 2),
      limits,
      says: '0 faults in 1 artifact of 2 globs',
    },
    {
      name: 'as many faults as tolerated',
      ...over({ 0: [prompt, anInspectedFile('prompts/new.md', { changedAt: undefined })] }),
      limits: { unpinned: 1 },
      says: '1 fault in 2 artifacts of 1 glob: prompts/new.md is in no commit',
    },
  ],
  fail: [
    {
      name: 'a prompt is in no commit',
      ...over({ 0: [prompt, anInspectedFile('prompts/new.md', { changedAt: undefined })] }),
      limits,
      says: 'prompts/new.md is in no commit',
    },
    {
      name: 'a file is empty, whatever the history',
      ...over({ 0: [anInspectedFile('prompts/system.md', { bytes: 0 })] }, { hasHistory: undefined }),
      limits,
      says: 'prompts/system.md is empty',
    },
    { name: 'a glob names no file', ...over({ 0: [prompt], 1: [] }, {}, 2), limits, says: 'tools/*.json is not there' },
    {
      name: 'a glob was not looked for',
      ...over({ 0: [prompt] }, {}, 2),
      limits,
      says: '1 fault in 1 artifact of 2 globs: tools/*.json is not there',
    },
    {
      name: 'many faults, of which the first are named',
      ...over({ 0: Array.from({ length: 8 }, (_, i) => anInspectedFile(`prompts/${i}.md`, { bytes: 0 })) }),
      limits,
      says: 'prompts/4.md is empty, 3 more',
    },
  ],
  inconclusive: [
    { name: 'no artifacts are declared', ...over({}, {}, 0), limits, says: 'no artifacts are declared' },
    {
      name: 'the history is not whole',
      ...over({ 0: [anInspectedFile('prompts/system.md', { changedAt: undefined })] }, { hasHistory: false }),
      limits,
      says: 'whether they are committed is not known',
    },
    {
      name: 'there is no work tree',
      ...over({ 0: [anInspectedFile('prompts/system.md', { changedAt: undefined })] }, { hasHistory: undefined }),
      limits,
      says: '0 faults in 1 artifact of 1 glob; whether they are committed is not known',
    },
  ],
});
