import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Problem } from '../contract/errors.ts';
import type { Json } from '../contract/json.ts';
import { pointerOf } from '../contract/manifest-ref.ts';
import { aliasTargets } from './alias-targets.ts';
import { describePath, type Path } from './path-text.ts';
import { holdsSecret } from './secrets.ts';
import type { Fault, LocatedFile, Range } from './source-file.ts';

/** Where a value stands; `key` is undefined for list entries and the root. */
interface Place {
  readonly key: Range | undefined;
  readonly value: Range;
  readonly isCollection: boolean;
}

/** A document as plain JSON, with the place of every value by RFC 6901 pointer. */
export interface YamlTree {
  readonly value: Json;
  readonly places: ReadonlyMap<string, Place>;
  /** What a manifest must not hold. With a YAML_SYNTAX among them `value` is not to be used. */
  readonly problems: readonly Problem[];
}

/** Deepest nesting, and most values that aliases may repeat: far above any manifest, far below a billion laughs. */
const MOST_LEVELS = 64;
const MOST_REPEATED = 10_000;

const REFUSED_KEYS = new Map([
  ['<<', 'merge keys are not supported'],
  ['__proto__', 'this name is not allowed as a key'],
]);

interface Reading {
  readonly file: LocatedFile;
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly places: Map<string, Place>;
  readonly problems: Problem[];
  /** Collections being read: meeting one again is a cycle. */
  readonly open: Set<unknown>;
  /** Values read through aliases so far. */
  repeated: number;
}

interface At {
  readonly path: Path;
  readonly key?: Range;
  readonly isRepeated?: boolean;
}

/**
 * Converts a document that parsed. The library's own conversion would lose places, and its search for duplicate keys
 * compares each key with all others (20 s for 50,000 keys).
 */
export function readTree(document: Document, file: LocatedFile): YamlTree {
  const reading: Reading = {
    file,
    targets: aliasTargets(document),
    places: new Map(),
    problems: [],
    open: new Set(),
    repeated: 0,
  };
  const value = readNode(reading, document.contents, { path: [] });
  return { value, places: reading.places, problems: reading.problems };
}

function readNode(reading: Reading, node: unknown, at: At): Json {
  if (isAlias(node)) return readAlias(reading, node, at);
  if (at.isRepeated) reading.repeated += 1;
  const isCollection = isMap(node) || isSeq(node);
  const range = rangeOf(node) ?? at.key ?? START;
  reading.places.set(pointerOf(...at.path), { key: at.key, value: range, isCollection });
  if (!isCollection) return readScalar(reading, isScalar(node) ? node.value : null, { ...at, range });
  if (at.path.length > MOST_LEVELS)
    return refuse(reading, { ...at, range }, `nested deeper than ${MOST_LEVELS} levels`);
  reading.open.add(node);
  const value = isMap(node) ? readMap(reading, node, at) : readList(reading, node, at);
  reading.open.delete(node);
  return value;
}

function readAlias(reading: Reading, alias: Alias, at: At): Json {
  const place = { ...at, range: rangeOf(alias) ?? START };
  const target = reading.targets.get(alias);
  if (target === undefined) return refuse(reading, place, `no &${alias.source} stands before this alias`);
  if (reading.open.has(target)) return refuse(reading, place, 'this alias refers to a value that contains it');
  if (reading.repeated > MOST_REPEATED) {
    const isFirst = reading.problems.every(({ message }) => !message.endsWith(TOO_MANY));
    return isFirst ? refuse(reading, place, TOO_MANY) : null;
  }
  return readNode(reading, target, { ...at, isRepeated: true });
}

const TOO_MANY = `aliases repeat more than ${MOST_REPEATED} values`;

function readList(reading: Reading, list: YAMLSeq, { path, isRepeated = false }: At): Json {
  return list.items.map((item, i) => readNode(reading, item, { path: [...path, i], isRepeated }));
}

function readMap(reading: Reading, map: YAMLMap, { path, isRepeated = false }: At): Json {
  const members = new Map<string, Json>();
  for (const { key, value } of map.items) {
    const range = rangeOf(key) ?? rangeOf(map) ?? START;
    const name = isScalar(key) ? key.value : undefined;
    if (typeof name !== 'string') {
      refuse(reading, { path, range }, 'keys must be text', 'Put the key in quotes.');
      continue;
    }
    const fault = REFUSED_KEYS.get(name) ?? (members.has(name) ? 'this key is given twice' : undefined);
    if (fault !== undefined) refuse(reading, { path: [...path, name], range }, fault, 'Remove or rename it.');
    readScalar(reading, name, { path, range });
    members.set(name, readNode(reading, value, { path: [...path, name], key: range, isRepeated }));
  }
  return Object.fromEntries(members);
}

type Ranged = Pick<At, 'path'> & { readonly range: Range };

function readScalar(reading: Reading, value: unknown, at: Ranged): Json {
  if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    const message = `expected a finite number of at most ${Number.MAX_SAFE_INTEGER}, got ${value}`;
    return complain(reading, at, { code: 'CONFIG_INVALID', message });
  }
  if (typeof value === 'string' && holdsSecret(value)) {
    const hint = 'Revoke it, and name the variable that holds the new one instead: env:NAME';
    return complain(reading, at, { code: 'CONFIG_INVALID', message: 'this looks like a secret', hint });
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function refuse(reading: Reading, at: Ranged, message: string, hint?: string): null {
  return complain(reading, at, { code: 'YAML_SYNTAX', message, hint });
}

function complain({ file, problems }: Reading, { path, range }: Ranged, fault: Fault): null {
  const where = path.length === 0 ? '' : `${describePath(path)}: `;
  problems.push(file.problem(range, { ...fault, message: `${where}${fault.message}` }));
  return null;
}

const START: Range = [0, 0];

function rangeOf(node: unknown): Range | undefined {
  const range = isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : undefined;
}
