import type { MissingInput } from '../../src/contract/measure.ts';
import { medianDrift } from '../../src/contract/statistics/median-drift.ts';
import { mapPair, type Pair } from '../../src/contract/statistics/pair.ts';
import { UNSEEN_TIMES } from '../../src/contract/unseen-times.ts';
import { type Difference, type Paths, placesOf, reversed, whyUnknown } from './difference.ts';
import type { PathSample } from './path-sample.ts';
import type { Sizes } from './sizes.ts';

/** Answers of the fallback that are longer or shorter, slower or dearer than those of the primary. */
export function sizeDifferences(paths: Paths): Difference[] {
  const [tokens, times, costs] = [
    paths.map((pair) => mapPair(pair, ({ outputTokens }) => outputTokens)),
    paths.map((pair) => mapPair(pair, ({ modelMicroseconds }) => modelMicroseconds)),
    paths.map((pair) => mapPair(pair, ({ costNanoUsd }) => costNanoUsd)),
  ];
  const common = (pairs: readonly Pair<Sizes>[], missing: MissingInput) => ({
    at: placesOf(paths),
    change: medianDrift(pairs),
    open: whyUnknown(
      pairs.map((pair) => mapPair(pair, known)),
      missing,
    ),
  });
  const length = { limitName: 'length', direction: 'more' } as const;
  const subject = 'median output tokens of a run';
  return [
    { ...common(tokens, TOKENS), ...length, subject },
    {
      ...common(reversed(tokens), TOKENS),
      ...length,
      subject: `${subject} of the primary against those of the fallback`,
    },
    {
      ...common(times, UNSEEN_TIMES),
      limitName: 'latency',
      subject: 'median time of the model calls of a run',
      direction: 'longer',
    },
    {
      ...common(costs, PRICES),
      limitName: 'cost',
      subject: 'median cost of the model calls of a run',
      direction: 'dearer',
    },
  ];
}

const TOKENS: MissingInput = {
  input: 'token counts of model calls',
  remedy: 'Export the output tokens of every model call, streams included (OpenAI: stream_options.include_usage).',
};

const PRICES: MissingInput = {
  input: 'prices of all model calls',
  remedy: 'Export provider, model and token counts with every model call, under names that the price list has.',
};

function known({ distribution, unknown }: PathSample['outputTokens']) {
  return { runs: distribution.count + unknown, unknown, unknownAt: [] };
}
