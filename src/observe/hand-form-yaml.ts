import { isMap, LineCounter, parseAllDocuments } from 'yaml';
import { isDeep } from '../contract/nesting.ts';

/** Larger texts are no hand work, and a YAML tree takes many times the space of its text; JSON lines have no limit. */
const MAX_YAML_LENGTH = 4 * 1024 * 1024;

/** Receives the documents of a YAML text in order. Lines from 1. */
export interface YamlSink {
  document(value: unknown, line: number): void;
  problem(message: string, line: number): void;
}

/** Reads hand-written runs, one per YAML document. @returns false, and calls nothing, when none of them is a run */
export function readHandWrittenYaml(text: string, sink: YamlSink): boolean {
  if (text.length > MAX_YAML_LENGTH || text.includes('\0') || isDeep(text)) return false;
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  if (!Array.isArray(parsed)) return false;
  const isRun = parsed.some(({ contents }) => isMap(contents) && (contents.has('run') || contents.has('steps')));
  if (!isRun) return false;
  for (const [index, document] of parsed.entries()) {
    const line = lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line;
    const [error] = document.errors;
    if (error !== undefined) {
      sink.problem(`document ${index + 1}: ${error.message}`, lines.linePos(error.pos[0]).line);
    } else if (document.contents !== null) readDocument(index, line, () => document.toJS({ maxAliasCount: 0 }));
  }
  return true;

  function readDocument(index: number, line: number, toValue: () => unknown): void {
    let value: unknown;
    try {
      value = toValue();
    } catch {
      // Aliases can multiply or contain themselves; a recording has no need of them.
      sink.problem(`document ${index + 1}: anchors and aliases are not allowed`, line);
      return;
    }
    sink.document(value, line);
  }
}
