import type { Baseline } from '../../src/contract/baseline.ts';
import { MISSING_SHOWINGS, missingExpectations } from '../../src/contract/expectation.ts';
import type { ValueOf } from '../../src/contract/measure.ts';
import { COMPARABLE } from '../../src/contract/missing-baseline.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { type Compared, pairsOf } from '../../src/contract/statistics/compared-scenarios.ts';
import { mapPair, type Pair } from '../../src/contract/statistics/pair.ts';
import { asRate, emptyAnswers, mergeAnswers, missingAnswers } from './answer-tally.ts';
import { durationDrift, qualityDrift, type ReleaseDrift, tokenDrift, toolsDrift } from './drifts.ts';
import answers from './measures/answers.ts';
import behaviours from './measures/behaviours.ts';
import expectations from './measures/expectations.ts';
import runDurations from './measures/run-durations.ts';

/** What is compared of a release. */
export interface Measured {
  readonly expectations: ValueOf<typeof expectations>;
  readonly answers: ValueOf<typeof answers>;
  readonly durations: ValueOf<typeof runDurations>;
  readonly behaviours: ValueOf<typeof behaviours>;
}

/** Undefined when the baseline lacks one of them, as those of older versions do. */
export function measuredBy(baseline: Baseline): Measured | undefined {
  const measured = {
    expectations: baseline.valueOf(expectations),
    answers: baseline.valueOf(answers),
    durations: baseline.valueOf(runDurations),
    behaviours: baseline.valueOf(behaviours),
  };
  const { expectations: shown, answers: ended, durations, behaviours: used } = measured;
  if (shown === undefined || ended === undefined || durations === undefined || used === undefined) return undefined;
  return { expectations: shown, answers: ended, durations, behaviours: used };
}

interface Between {
  readonly compared: readonly Compared[];
  readonly plan: Pick<Plan, 'tools' | 'scenarios'>;
}

/** Everything that may have changed between two releases. */
export function driftsBetween(before: Measured, after: Measured, { compared, plan }: Between): readonly ReleaseDrift[] {
  const used = pairsOf(before.behaviours, after.behaviours, compared);
  const tools = used.map((pair) => mapPair(pair, ({ tools: sample, runs }) => ({ ...sample, runs })));
  const usesNone =
    plan.tools === 'none' && tools.every(({ before: was, after: is }) => hasNoTools(was) && hasNoTools(is));
  return [
    expectationDrift(before, after, { compared, plan }),
    completenessDrift(before, after, compared),
    durationDrift(pairsOf(before.durations, after.durations, compared)),
    tokenDrift(used.map((pair) => mapPair(pair, ({ tokens }) => tokens))),
    ...(usesNone ? [] : [toolsDrift(tools)]),
  ];
}

function hasNoTools({
  calls,
  unknown,
}: {
  readonly calls: { readonly total: number };
  readonly unknown: number;
}): boolean {
  return calls.total + unknown === 0;
}

function expectationDrift(before: Measured, after: Measured, { compared, plan }: Between): ReleaseDrift {
  const pairs = pairsOf(before.expectations, after.expectations, compared);
  const silent = plan.scenarios.filter(
    ({ id, expect }) => expect.length === 0 && compared.some((one) => one.id === id),
  );
  const missing = silent.length === 0 ? MISSING_SHOWINGS : missingExpectations(silent);
  const drift = qualityDrift('runs that show all that was expected', pairs, missing);
  const changed = compared.filter((_, index) => hasOtherExpectations(pairs[index]));
  if (changed.length === 0) return drift;
  const what = `other expectations than in the baseline: ${changed.map(({ id }) => showName(id)).join(', ')}`;
  const remedy =
    'Evaluate the recordings of the baseline with the expectations of this release, and compare with that.';
  return {
    ...drift,
    change: undefined,
    open: { what, missing: { input: COMPARABLE, remedy }, at: [] },
  };
}

/** In whatever order: all of them must be met. */
function hasOtherExpectations(pair: Pair<Measured['expectations'][string]> | undefined): boolean {
  return contentsOf(pair?.before) !== contentsOf(pair?.after);
}

function contentsOf(tally: Measured['expectations'][string] | undefined): string {
  return (tally?.expected ?? []).toSorted().join('\n');
}

function completenessDrift(before: Measured, after: Measured, compared: readonly Compared[]): ReleaseDrift {
  const [was, is] = [before.answers.toolCalls > 0, after.answers.toolCalls > 0];
  const tallies = pairsOf(before.answers.scenarios, after.answers.scenarios, compared);
  const pairs = tallies.map((pair) => ({
    weight: pair.weight,
    before: asRate(pair.before, was),
    after: asRate(pair.after, is),
  }));
  const all = tallies.flatMap((pair) => [pair.before, pair.after]).reduce(mergeAnswers, emptyAnswers());
  return qualityDrift('complete answers', pairs, missingAnswers(all, was && is));
}
