import type { MissingInput } from '../../src/contract/measure.ts';

/** What is missing while the manifest has no `tools`. */
export const MISSING_TOOLS: MissingInput = {
  input: 'the declared tools',
  remedy: 'Declare every tool with its effect under tools in the manifest, or tools: none.',
};
