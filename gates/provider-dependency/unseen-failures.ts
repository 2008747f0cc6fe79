import type { MissingInput } from '../../src/contract/measure.ts';

/** What recordings lack in which no fallback had to answer. */
export const UNSEEN_FAILURES: MissingInput = {
  input: 'runs in which the primary failed',
  remedy: 'Make the primary fail on purpose and record how the fallback answers, with its request parameters.',
};
