import { z } from 'zod';
import type { Path } from './path-text.ts';

/** The schemas that may apply at a path, unions opened; empty when the path leads nowhere. */
function schemasAt(schema: unknown, path: Path): readonly z.ZodType[] {
  return path.reduce<readonly z.ZodType[]>(
    (schemas, part) => schemas.flatMap((candidate) => childrenOf(candidate, part)).flatMap(opened),
    opened(schema),
  );
}

/** What is said of the value at a path: by its schema, or by the first of the choices that says something. */
export function descriptionAt(schema: unknown, path: Path): string | undefined {
  const last = path.at(-1);
  const parents = schemasAt(schema, path.slice(0, -1));
  const candidates = last === undefined ? [schema] : parents.flatMap((parent) => childrenOf(parent, last));
  return candidates.flatMap(descriptionsOf)[0];
}

function descriptionsOf(schema: unknown): readonly string[] {
  const own = schema instanceof z.ZodType ? schema.meta()?.description : undefined;
  if (own !== undefined) return [own];
  if (schema instanceof z.ZodOptional) return descriptionsOf(schema.unwrap());
  return schema instanceof z.ZodUnion ? schema.options.flatMap(descriptionsOf) : [];
}

/** Keys that are allowed in a map at a path; empty where keys are free. */
export function keysAt(schema: unknown, path: Path): readonly string[] {
  return schemasAt(schema, path).flatMap((candidate) =>
    candidate instanceof z.ZodObject ? Object.keys(candidate.shape) : [],
  );
}

/** The first path of maps whose last key is `key`. */
export function pathOfKey(schema: unknown, key: string): Path | undefined {
  for (const candidate of opened(schema)) {
    if (!(candidate instanceof z.ZodObject)) continue;
    if (Object.hasOwn(candidate.shape, key)) return [key];
    for (const [name, member] of Object.entries(candidate.shape)) {
      const rest = pathOfKey(member, key);
      if (rest !== undefined) return [name, ...rest];
    }
  }
  return undefined;
}

function opened(schema: unknown): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional) return opened(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(opened);
  return schema instanceof z.ZodType ? [schema] : [];
}

function childrenOf(schema: z.ZodType, part: string | number): readonly unknown[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, part)) return [schema.shape[part]];
  return [];
}
