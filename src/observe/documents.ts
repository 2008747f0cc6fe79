import { unpacked } from '../contract/json-value.ts';
import { isObject } from './otlp/any-value.ts';

/** Documents of one retrieval that are named; the rest is noise in a report. */
const MOST_DOCUMENTS = 50;
/** Members that name a document, best first. */
const NAMES = ['id', 'document_id', 'document.id', 'source', 'path', 'url', 'title', 'name'] as const;

/**
 * Names of retrieved documents: a list of names or of objects with one, also as JSON text, also inside `metadata` or
 * `document`. Undefined when it is no list; documents without a name count as `(unnamed)`.
 */
export function documentsOf(value: unknown): readonly string[] | undefined {
  const list = unpacked(value);
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, MOST_DOCUMENTS).map((item) => nameOf(item) ?? '(unnamed)');
}

/** The same from keys such as `0.document.id`, one for each member of a document. */
export function documentsOfNumbered(members: ReadonlyMap<string, string | undefined>): readonly string[] | undefined {
  if (members.size === 0) return undefined;
  const documents = new Map<number, Record<string, string | undefined>>();
  for (const [key, value] of members) {
    const [, number, member] = /^(\d+)\.(?:document\.)?(\w+)$/.exec(key) ?? [];
    if (number === undefined || member === undefined) continue;
    documents.set(Number(number), { ...documents.get(Number(number)), [member]: value });
  }
  return documentsOf([...documents].sort(([a], [b]) => a - b).map(([, document]) => document));
}

function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (!isObject(item)) return undefined;
  for (const name of NAMES) {
    const value = item[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  const metadata = unpacked(item['metadata']);
  return (isObject(metadata) ? nameOf(metadata) : undefined) ?? nameOf(item['document']);
}
