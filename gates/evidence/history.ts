import type { MissingInput } from '../../src/contract/measure.ts';

/** What is missing while it is not known when a file was last changed, or whether it ever was committed. */
export const MISSING_HISTORY: MissingInput = {
  input: 'the whole history of the work tree',
  remedy: 'Run the check in a git work tree with its whole history: fetch-depth: 0, or git fetch --unshallow.',
};
