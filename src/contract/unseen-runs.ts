import type { MissingInput } from './measure.ts';

/** What a measure lacks that was given no run at all. */
export const UNSEEN_RUNS: MissingInput = {
  input: 'recorded runs of the declared scenarios',
  remedy: 'Declare a recording under sources whose runs carry the attributes that the scenarios select by.',
};
