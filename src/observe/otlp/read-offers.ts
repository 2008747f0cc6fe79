import { numberedTools, offeredTools } from '../offered-tools.ts';
import { plainOf } from './any-value.ts';
import { F } from './attribute-plan.ts';
import type { FieldReader } from './field-reader.ts';
import type { Keep } from './keep.ts';

/** Reads the names of the tools that the request of a span offers; undefined = not recorded. */
export function createOffersReader(keep: Keep): (fields: FieldReader) => readonly string[] | undefined {
  let last: { readonly text: string; readonly names: readonly string[] | undefined } | undefined;
  return (fields) => {
    const recorded = plainOf(fields.raw(F.toolDefinitions));
    if (typeof recorded !== 'string') {
      return keep.labels(offeredTools(recorded) ?? numberedTools(fields.numberedTools()));
    }
    // Most requests of a recording offer the same.
    if (recorded !== last?.text) last = { text: recorded, names: keep.labels(offeredTools(recorded)) };
    return last.names;
  };
}
