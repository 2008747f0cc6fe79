import type { Plan } from '../../../src/contract/plan.ts';
import { anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './source-state.ts';

const revision = 'b'.repeat(40);
const inspection = anInspection();
const over = (release: Partial<Plan['release']>, code: readonly string[] = ['src/**']) => ({
  seen: {},
  limits: {},
  context: { inspection, plan: aPlan({ code, release: { ...aPlan().release, ...release } }) },
});

testCheck(check, {
  pass: [{ name: 'the work tree is clean', ...over({}), says: `are those of commit ${revision}` }],
  fail: [
    { name: 'a change is not committed', ...over({ isDirty: true }), says: `differs from commit ${revision}` },
    { name: 'a change of an artifact, without declared code', ...over({ isDirty: true }, []), says: 'not committed' },
  ],
  inconclusive: [
    {
      name: 'there is no work tree',
      ...over({ revision: undefined, tree: undefined, isDirty: undefined }),
      says: 'not in a git work tree',
    },
    { name: 'git could not list the changes', ...over({ isDirty: undefined }), says: 'not in a git work tree' },
    { name: 'no code is declared', ...over({}, []), says: 'no code is declared' },
  ],
});
