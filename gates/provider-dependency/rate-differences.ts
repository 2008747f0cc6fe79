import { MISSING_SHOWINGS, missingExpectations } from '../../src/contract/expectation.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Scenario } from '../../src/contract/plan.ts';
import { mapPair, type Pair } from '../../src/contract/statistics/pair.ts';
import { rateDrift } from '../../src/contract/statistics/rate-drift.ts';
import { emptyTally, type RateTally, runsOf } from '../../src/contract/statistics/rate-tally.ts';
import { type Difference, mergeAll, type Paths, placesOf, reversed, whyUnknown } from './difference.ts';
import type { PathSample } from './path-sample.ts';

/** Answers of the fallback that are worse than those of the primary; `scenarios` are those of the paths. */
export function qualityDifferences(paths: Paths, scenarios: readonly Pick<Scenario, 'id' | 'expect'>[]): Difference[] {
  const silent = scenarios.filter(({ expect }) => expect.length === 0);
  const structured = paths.filter(({ before, after }) => runsOf(before.structured) + runsOf(after.structured) > 0);
  const expected = silent.length > 0 ? missingExpectations(silent) : MISSING_SHOWINGS;
  const shown = fewerGood(
    'runs that show all that is expected',
    pairsOf(paths, ({ shown: tally }) => tally),
    expected,
  );
  const ended = fewerGood(
    'answers that are neither refused nor cut off',
    pairsOf(paths, ({ ended: tally }) => tally),
    MISSING_FINISH,
  );
  if (structured.length === 0) return [shown, ended];
  const pairs = pairsOf(reweighted(structured), ({ structured: tally }) => tally);
  return [shown, fewerGood('answers in the expected structure', pairs, MISSING_SHOWINGS), ended];
}

/** Tools that the fallback asks for in fewer runs than the primary, or in more. */
export function toolDifferences(paths: Paths): Difference[] {
  const at = placesOf(paths);
  return Object.keys(paths[0]?.before.tools ?? {}).flatMap((tool): Difference[] => {
    const pairs = pairsOf(paths, ({ tools }) => tools[tool] ?? emptyTally());
    const open = whyUnknown(
      pairs.map((pair) => mapPair(pair, known)),
      MISSING_REQUESTS,
    );
    const common = { limitName: 'tools', subject: `runs that ask for ${showName(tool)}`, at, open } as const;
    return [
      { ...common, direction: 'fewer', change: rateDrift(pairs) },
      { ...common, direction: 'more', change: rateDrift(reversed(pairs)) },
    ];
  });
}

const MISSING_FINISH: MissingInput = {
  input: 'finish reasons of model calls',
  remedy: 'Record gen_ai.response.finish_reasons on every model call.',
};

const MISSING_REQUESTS: MissingInput = {
  input: 'the content of answers',
  remedy: 'Record the output messages of every model call, with the tools they ask for.',
};

function pairsOf(paths: Paths, say: (path: PathSample) => RateTally): readonly Pair<RateTally>[] {
  return paths.map((pair) => mapPair(pair, say));
}

/** Weights of some of the scenarios, summing to 1 again. */
function reweighted(paths: Paths): Paths {
  const total = paths.reduce((sum, { weight }) => sum + weight, 0);
  return paths.map((pair) => ({ ...pair, weight: pair.weight / total }));
}

function fewerGood(subject: string, pairs: readonly Pair<RateTally>[], missing: MissingInput): Difference {
  const at = mergeAll(pairs.map(({ after }) => after.badAt));
  const open = whyUnknown(
    pairs.map((pair) => mapPair(pair, known)),
    missing,
  );
  return { limitName: 'quality', subject, direction: 'fewer', change: rateDrift(pairs), at, open };
}

function known(tally: RateTally) {
  return { runs: runsOf(tally), unknown: tally.unknown, unknownAt: tally.unknownAt };
}
