import type { MissingInput } from './measure.ts';

/** What is missing where runs or calls do not say when they started and ended. */
export const UNSEEN_TIMES: MissingInput = {
  input: 'start and end times',
  remedy: 'Record start and end of every run and of every call, from a clock that does not run backwards.',
};
