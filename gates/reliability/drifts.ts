import type { MissingInput } from '../../src/contract/measure.ts';
import { quantity } from '../../src/contract/quantity.ts';
import type { Drift, Open } from '../../src/contract/statistics/drift.ts';
import { medianDrift } from '../../src/contract/statistics/median-drift.ts';
import { mapPair, type Pair } from '../../src/contract/statistics/pair.ts';
import { rateDrift } from '../../src/contract/statistics/rate-drift.ts';
import { type RateTally, runsOf } from '../../src/contract/statistics/rate-tally.ts';
import { formatNumber } from '../../src/contract/units.ts';
import { UNSEEN_TIMES } from '../../src/contract/unseen-times.ts';
import { mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import type { TokenSample, ToolSample } from './behaviour.ts';
import { arePlaceholders, type DurationSample, MEASURED_TIMES, PLACEHOLDER_TIMES } from './duration-sample.ts';
import { countOf } from './durations.ts';
import { toolDrift } from './tool-drift.ts';

/** A change against an earlier release. */
export interface ReleaseDrift extends Drift {
  readonly limitName: 'qualityDrop' | 'duration' | 'tokens' | 'tools';
}

/** Fewer runs that are good. `subject`: what a good run is. */
export function qualityDrift(subject: string, pairs: readonly Pair<RateTally>[], missing: MissingInput): ReleaseDrift {
  const at = placesNow(pairs, ({ badAt }) => badAt);
  const open = unknownRuns(
    pairs.map((pair) =>
      mapPair(pair, (tally) => ({ unknown: tally.unknown, runs: runsOf(tally), at: tally.unknownAt })),
    ),
    missing,
  );
  return { limitName: 'qualityDrop', subject, direction: 'of runs fewer', change: rateDrift(pairs), at, open };
}

/** Longer runs. Equal durations in every run of either release are filled in and show nothing. */
export function durationDrift(pairs: readonly Pair<DurationSample>[]): ReleaseDrift {
  const common = { limitName: 'duration', subject: 'median run duration', direction: 'longer' } as const;
  const at = placesNow(pairs, ({ slowest }) => slowest);
  if (pairs.some(({ before, after }) => arePlaceholders(before) || arePlaceholders(after))) {
    return { ...common, change: undefined, at, open: { what: PLACEHOLDER_TIMES, missing: MEASURED_TIMES, at } };
  }
  const change = medianDrift(
    pairs.map((pair) => mapPair(pair, ({ distribution, unrecorded }) => ({ distribution, unknown: unrecorded }))),
  );
  const open = unknownRuns(
    pairs.map((pair) =>
      mapPair(pair, (sample) => ({ unknown: sample.unrecorded, runs: countOf(sample), at: sample.unrecordedAt })),
    ),
    UNSEEN_TIMES,
  );
  return { ...common, change, at, open };
}

const TOKEN_COUNTS: MissingInput = {
  input: 'token counts of all model calls',
  remedy: 'Export input and output tokens with every model call of both releases, as the provider reports them.',
};

/** More tokens. Counts and estimates do not compare: an estimate is an upper end. */
export function tokenDrift(pairs: readonly Pair<TokenSample>[]): ReleaseDrift {
  const common = { limitName: 'tokens', subject: 'median tokens of a run', direction: 'more' } as const;
  const at = placesNow(pairs, ({ most }) => most);
  const [was, is] = [pairs.some(({ before }) => before.estimated > 0), pairs.some(({ after }) => after.estimated > 0)];
  if (was !== is) {
    const what = `only the tokens of ${is ? 'this release' : 'the baseline'} are estimated`;
    return { ...common, change: undefined, at, open: { what, missing: TOKEN_COUNTS, at } };
  }
  const open = unknownRuns(
    pairs.map((pair) =>
      mapPair(pair, ({ unknown, distribution, unknownAt }) => ({
        unknown,
        runs: unknown + distribution.count,
        at: unknownAt,
      })),
    ),
    TOKEN_COUNTS,
  );
  return { ...common, change: medianDrift(pairs), at, open };
}

/** Other tools, or the same ones in other shares. Runs that do not tell theirs may have called any. */
export function toolsDrift(pairs: readonly Pair<ToolSample & { readonly runs: number }>[]): ReleaseDrift {
  const open = unknownRuns(
    pairs.map((pair) => mapPair(pair, ({ unknown, runs, unknownAt }) => ({ unknown, runs, at: unknownAt }))),
    {
      input: 'tool calls of all runs',
      remedy:
        'Record an execute_tool span with the name of the tool for every call, and finish reasons of model calls.',
    },
  );
  return {
    limitName: 'tools',
    subject: 'tool calls',
    direction: 'distributed otherwise',
    change: open === undefined ? toolDrift(pairs) : undefined,
    at: placesNow(pairs, ({ most }) => most),
    open,
  };
}

function placesNow<T>(pairs: readonly Pair<T>[], places: (after: T) => readonly Witness[]): readonly Witness[] {
  return pairs.reduce<readonly Witness[]>((all, { after }) => mergeWitnesses(all, places(after)), []);
}

interface UnknownRuns {
  readonly unknown: number;
  readonly runs: number;
  readonly at: readonly Witness[];
}

/** Undefined when everything is known of every run of both releases. Places are those of this release. */
function unknownRuns(pairs: readonly Pair<UnknownRuns>[], missing: MissingInput): Open | undefined {
  const sum = (count: (of: UnknownRuns) => number) =>
    pairs.reduce((total, { before, after }) => total + count(before) + count(after), 0);
  const unknown = sum((of) => of.unknown);
  if (unknown === 0) return undefined;
  const what = `not known for ${formatNumber(unknown)} of ${quantity(
    sum((of) => of.runs),
    'run',
  )} of both releases`;
  return { what, missing, at: placesNow(pairs, ({ at }) => at) };
}
