import type { MissingInput } from './measure.ts';
import { quantity } from './quantity.ts';

/** What a measure of model calls lacks where it saw none: in all runs, or in some of them. */
export const UNSEEN_CALLS: MissingInput = {
  input: 'recorded model calls of the declared scenarios',
  remedy:
    'Record the model calls of every run with the OpenTelemetry GenAI conventions: provider, model, token counts, start and end.',
};

/**
 * `3 runs without a recorded model call`. Whether such a run made none or the recording lost them cannot be told apart,
 * so it passes nothing that is measured by calls.
 */
export function runsWithoutCalls(count: number): string {
  return `${quantity(count, 'run')} without a recorded model call`;
}
