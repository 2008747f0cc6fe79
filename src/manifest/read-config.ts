import type { z } from 'zod';
import type { Position } from '../contract/manifest.ts';
import { pointerOf } from '../contract/manifest-ref.ts';
import { configError } from './config-error.ts';
import { OWN_WORDING } from './describe-issue.ts';
import type { Path } from './path-text.ts';
import { readYaml } from './read-yaml.ts';
import { schemaProblems } from './schema-problems.ts';
import { locate, type SourceFile } from './source-file.ts';

/** A valid file: its value in the schema's type, and the place of everything in it. */
export interface Config<T> {
  readonly value: T;
  /** Place of the key at a path, or of the value where it has no key. */
  keyPosition(path: Path): Position;
  valuePosition(path: Path): Position;
  /** RFC 6901 pointer → line of the key, or of the value where it has no key; for every value. */
  readonly lines: Readonly<Record<string, number>>;
}

/** @throws AigateError YAML_SYNTAX or CONFIG_INVALID with every problem of the file */
export function readConfig<T extends z.ZodType>(source: SourceFile, schema: T): Config<z.infer<T>> {
  const file = locate(source);
  const tree = readYaml(source, file);
  // A value that cannot be used was replaced by nothing: what the schema says about nothing would mislead.
  const taken = new Set(tree.problems.map(({ line, column }) => `${line}:${column}`));
  const parsed = schema.safeParse(tree.value, OWN_WORDING);
  const found = schemaProblems(parsed.error?.issues ?? [], { schema, tree, file });
  const problems = [...tree.problems, ...found.filter(({ line, column }) => !taken.has(`${line}:${column}`))];
  if (!parsed.success || problems.length > 0) throw configError('CONFIG_INVALID', file.path, problems);
  const position = (offset: number | undefined): Position => ({ file: file.path, ...file.placeOf(offset ?? 0) });
  const placeAt = (path: Path) => tree.places.get(pointerOf(...path));
  return {
    value: parsed.data,
    keyPosition: (path) => position((placeAt(path)?.key ?? placeAt(path)?.value)?.[0]),
    valuePosition: (path) => position(placeAt(path)?.value[0]),
    lines: Object.fromEntries(
      [...tree.places].map(([pointer, { key, value }]) => [pointer, file.placeOf((key ?? value)[0]).line]),
    ),
  };
}
