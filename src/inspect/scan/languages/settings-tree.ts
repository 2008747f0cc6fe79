import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';

/** A part of a YAML or JSON file with its place. What has no such value has none: lists have no members. */
export interface Settings {
  /** Offset in the text. */
  readonly at: number;
  readonly text: string | undefined;
  readonly number: number | undefined;
  readonly items: readonly Settings[];
  readonly members: readonly Member[];
}

interface Member {
  readonly key: string;
  readonly at: number;
  readonly value: Settings;
}

/** Nothing deeper is a setting that anybody looks for. */
const DEEPEST = 40;

/** The documents of a file; undefined = it is not valid. Aliases are not followed: they can multiply. */
export function parseSettings(text: string): readonly Settings[] | undefined {
  const parsed = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map(({ contents }) => toSettings(contents, 0));
}

function toSettings(node: unknown, depth: number): Settings {
  const isNode = isMap(node) || isSeq(node) || isScalar(node);
  const value = isScalar(node) ? node.value : undefined;
  const inside = depth < DEEPEST;
  return {
    at: isNode ? (node.range?.[0] ?? 0) : 0,
    text: typeof value === 'string' ? value : undefined,
    number: typeof value === 'number' ? value : undefined,
    items: isSeq(node) && inside ? node.items.map((item) => toSettings(item, depth + 1)) : [],
    members:
      isMap(node) && inside
        ? node.items.map(({ key, value }) => ({
            key: isScalar(key) ? String(key.value) : '',
            at: toSettings(key, DEEPEST).at,
            value: toSettings(value, depth + 1),
          }))
        : [],
  };
}

export function member({ members }: Settings, wanted: string): Member | undefined {
  return members.find(({ key }) => key === wanted);
}

/** What a chain of keys leads to. */
export function settingAt(from: Settings | undefined, ...keys: readonly string[]): Settings | undefined {
  return keys.reduce((at: Settings | undefined, key) => (at === undefined ? at : member(at, key)?.value), from);
}

export function textsIn(list: Settings | undefined): string[] {
  return (list?.items ?? []).flatMap(({ text }) => text ?? []);
}
