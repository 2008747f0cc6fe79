import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import calledModels from '../measures/called-models.ts';
import check from './model-pinning.ts';

const limits = { drifting: 0 };
const { models } = aPlan();
const other = models.fallback[0] ?? models.primary;
const over = (names: readonly string[], ...calls: Partial<ModelCall>[]) => runsOver(names, calls);
const runsOver = (
  [primary, fallback = 'gpt-4.1-2025-04-14']: readonly string[],
  calls: readonly Partial<ModelCall>[],
  more: readonly Run[] = [],
) => {
  const plan = aPlan({
    models: {
      primary: { ...models.primary, model: primary ?? '' },
      fallback: [{ ...other, model: fallback }],
    },
    manifestLines: { '': 1, '/models/primary/model': 5, '/models/fallback/0/model': 9 },
  });
  const steps = calls.map((call, i) => aModelCall({ ref: aRef(i + 2), ...call }));
  return { seen: { called: measured(calledModels, [aRun({ steps }), ...more], plan) }, context: { plan } };
};
const FLOATING = ['claude-sonnet-4-5'];
const served = (servedModel: string | undefined) => ({ servedModel });

testCheck(check, {
  pass: [
    {
      name: 'every declared name says its version, whatever answered',
      ...over(['claude-sonnet-4-5-20250929'], served(undefined)),
      limits,
      says: 'claude-sonnet-4-5-20250929 names its version; gpt-4.1-2025-04-14 names its version',
    },
    {
      name: 'a run without a recorded call, where the names say it all',
      ...runsOver(['claude-opus-5'], [{}], [aRun({ ref: aRef(8), steps: [] })]),
      limits,
      says: 'claude-opus-5 names its version',
    },
    {
      name: 'a name that its owner never moves',
      ...over(['claude-opus-5', 'us.anthropic.claude-sonnet-4-20250514-v1:0']),
      limits,
      says: 'claude-opus-5 names its version',
    },
    {
      name: 'one version answered every call of a floating name',
      ...over(FLOATING, {}, {}, { error: '529', ...served(undefined) }),
      limits,
      says: 'claude-sonnet-4-5 has no version in its name; claude-sonnet-4-5-20250929 gave all of 2 answers',
    },
    {
      name: 'one version under two spellings',
      ...over(FLOATING, {}, served('us.anthropic.claude-sonnet-4-5-20250929-v1:0')),
      limits,
      says: 'gave all of 2 answers',
    },
    {
      name: 'as many drifting names as the limit',
      ...over(FLOATING, {}, served('claude-sonnet-4-5-20251101')),
      limits: { drifting: 1 },
      says: 'was answered by 2 versions',
    },
  ],
  fail: [
    {
      name: 'two versions answered for one floating name',
      ...over(FLOATING, {}, served('claude-sonnet-4-5-20251101')),
      limits,
      says: 'claude-sonnet-4-5 was answered by 2 versions: claude-sonnet-4-5-20250929, claude-sonnet-4-5-20251101; gpt-4.1-2025-04-14 names its version',
    },
    {
      name: 'a floating fallback drifts, beside answers that say nothing',
      ...over(
        ['claude-opus-5', 'gpt-4.1'],
        { route: 'fallback/0', ...served('gpt-4.1-2025-04-14') },
        { route: 'fallback/0', ...served('gpt-4.1-2026-01-10') },
        { route: 'fallback/0', ...served(undefined) },
      ),
      limits,
      says: 'gpt-4.1 was answered by 2 versions',
    },
    {
      name: 'the newest of a family',
      ...over(['claude-3-5-sonnet-latest'], served('claude-3-5-sonnet-20240620'), served('claude-3-5-sonnet-20241022')),
      limits,
      says: 'claude-3-5-sonnet-latest was answered by 2 versions',
    },
  ],
  inconclusive: [
    {
      name: 'an answer does not say who gave it',
      ...over(FLOATING, {}, served(undefined)),
      limits,
      says: '1 of 2 answers by claude-sonnet-4-5 do not say which version gave them',
    },
    {
      name: 'answers repeat the floating name',
      ...over(FLOATING, served('claude-sonnet-4-5'), served('claude-sonnet-4-5')),
      limits,
      says: '2 of 2 answers by claude-sonnet-4-5',
    },
    {
      name: 'a floating fallback never answered',
      ...over(['claude-opus-5', 'gpt-4.1'], {}),
      limits,
      says: 'gpt-4.1 has no version in its name and no recorded answer',
    },
    {
      name: 'a run without a recorded call may have met another version of a floating name',
      ...runsOver(FLOATING, [{}], [aRun({ ref: aRef(8), steps: [] })]),
      limits,
      says: 'gave all of 1 answer; 1 run without a recorded model call',
    },
    {
      name: 'a floating name answered from a store only',
      ...over(FLOATING, { isReplayed: true }),
      limits,
      says: 'no recorded answer',
    },
  ],
});
