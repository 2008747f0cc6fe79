import type { z } from 'zod';
import { ERROR_CODES, type ErrorCode, type Problem } from '../contract/errors.ts';
import type { Json } from '../contract/json.ts';
import { pointerOf } from '../contract/manifest-ref.ts';
import { expectedBy, repairOf, shown } from './describe-issue.ts';
import { describePath, type Path } from './path-text.ts';
import { descriptionAt, keysAt, pathOfKey } from './schema-walk.ts';
import type { Fault, LocatedFile, Range } from './source-file.ts';
import { closest } from './suggestion.ts';
import type { YamlTree } from './yaml-tree.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.ZodType;

interface Judged {
  readonly schema: Schema;
  readonly tree: YamlTree;
  readonly file: LocatedFile;
}

/** What a schema finds wrong with a tree, each problem at the key or value that has to change. */
export function schemaProblems(issues: readonly Issue[], { schema, tree, file }: Judged): Problem[] {
  return issues.flatMap(opened).flatMap((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path));
    const fault = faultOf(issue, path);
    return [file.problem(placeOf(path, issue), fault)];
  });

  function unknownKey(key: string, path: Path): Problem {
    const fault: Fault = {
      code: 'CONFIG_INVALID',
      message: `${prefix([...path, key])}unknown key ${shown(key)}`,
      hint: suggestion(schema, path, key),
    };
    return file.problem(tree.places.get(pointerOf(...path, key))?.key ?? START, fault);
  }

  function faultOf(issue: Issue, path: Path): Fault {
    const value = valueAt(tree.value, path);
    if (issue.code === 'custom') return customFault(issue, path);
    const description = descriptionAt(schema, path);
    if (value === undefined) {
      const message = `${prefix(path)}missing, expected ${expectedBy(issue)}`;
      return { code: 'CONFIG_INVALID', message, hint: description };
    }
    const message = `${prefix(path)}expected ${expectedBy(issue)}, got ${shown(issue.code === 'invalid_key' ? path.at(-1) : value)}`;
    const meant = path.length === 0 ? 'It is YAML that begins with version: 1.' : description;
    return { code: 'CONFIG_INVALID', message, hint: repairOf(issue, value) ?? meant };
  }

  /** A missing key has no place: its parent's key has. Nothing and collections are named by their key too. */
  function placeOf(path: Path, issue: Issue): Range {
    const place = tree.places.get(pointerOf(...path));
    if (place === undefined) return path.length === 0 ? START : placeOf(path.slice(0, -1), issue);
    const isEmpty = place.value[0] === place.value[1];
    const isAboutKey = issue.code === 'invalid_key' || place.isCollection || isEmpty;
    return (isAboutKey ? place.key : undefined) ?? place.value;
  }
}

const START: Range = [0, 0];

/**
 * The issues of the branch of a union that the value was meant for: the one that it misses by the fewest keys. The union's
 * own when it fits none.
 */
function opened(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [meant] = issue.errors
    .filter((branch) => branch.every((inner) => inner.path.length > 0 || !isOfOtherShape(inner)))
    .toSorted((a, b) => missesOf(a) - missesOf(b));
  return meant === undefined
    ? [issue]
    : meant.flatMap((inner) => opened({ ...inner, path: [...issue.path, ...inner.path] }));
}

function missesOf(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function isOfOtherShape({ code }: Issue): boolean {
  return code === 'invalid_type' || code === 'invalid_value';
}

/** Rules written here carry a whole sentence, and may name another code and the next step. */
function customFault(issue: z.core.$ZodIssueCustom, path: Path): Fault {
  const { hint, code } = issue.params ?? {};
  return {
    code: isErrorCode(code) ? code : 'CONFIG_INVALID',
    message: `${prefix(path)}${issue.message}`,
    hint: typeof hint === 'string' ? hint : undefined,
  };
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

function suggestion(schema: Schema, path: Path, key: string): string {
  const allowed = [...new Set(keysAt(schema, path))];
  // Known in another form of the same value: of several forms each has its own keys.
  if (allowed.includes(key))
    return `Not together with the other keys here; allowed in one form or another: ${allowed.join(', ')}`;
  const near = closest(key, allowed);
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`;
  const elsewhere = pathOfKey(schema, key);
  if (elsewhere !== undefined) return `did you mean ${describePath(elsewhere)}?`;
  return allowed.length === 0 ? 'Nothing can be set here.' : `allowed here: ${allowed.join(', ')}`;
}

function prefix(path: Path): string {
  return path.length === 0 ? '' : `${describePath(path)}: `;
}

function valueAt(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, part) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    return (at as Readonly<Record<string | number, Json>>)[part];
  }, value);
}
