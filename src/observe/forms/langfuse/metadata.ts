import { ALIASES, type Field } from '../../otlp/aliases.ts';
import type { JsonObject } from '../../otlp/any-value.ts';
import { objectIn, textIn } from '../fields.ts';
import { looseObject } from '../loose-value.ts';

/** What the instrumentation wrote; where Langfuse got its data as spans, below `attributes`. */
export interface Metadata {
  readonly own: JsonObject | undefined;
  readonly attributes: JsonObject | undefined;
}

export function metadataOf(record: JsonObject): Metadata {
  const own = looseObject(record['metadata']);
  return { own, attributes: objectIn(own, 'attributes') ?? own };
}

/** What scenarios may select by, the more special before the more general. */
export function attributesIn({ own, attributes }: Metadata): readonly (JsonObject | undefined)[] {
  return [own, attributes, objectIn(own, 'resourceAttributes')];
}

/** A field under any of the names that instrumentations have for it. */
export function aliased(attributes: JsonObject | undefined, field: Field): string | undefined {
  if (attributes === undefined) return undefined;
  for (const { key } of ALIASES[field]) {
    const text = textIn(attributes, key);
    if (text !== undefined) return text;
  }
  return undefined;
}
