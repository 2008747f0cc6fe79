import { parseDocument } from 'yaml';
import { isDeep } from '../contract/nesting.ts';
import { configError } from './config-error.ts';
import type { LocatedFile, SourceFile } from './source-file.ts';
import { readTree, type YamlTree } from './yaml-tree.ts';

/** Longest text that is read, in UTF-16 units: some steps of the YAML library take more than linear time. */
const MOST_TEXT = 262_144;

/** Where the library speaks to programmers. */
const MESSAGES = new Map([['MULTIPLE_DOCS', 'a second document begins here']]);

/** What to do about the library's error codes that a reader meets; the rest explain themselves. */
const HINTS = new Map([
  ['TAB_AS_INDENT', 'Indent with spaces.'],
  ['MULTIPLE_DOCS', 'Keep one document in a file.'],
  ['TAG_RESOLVE_FAILED', 'Remove the tag: values are text, numbers, true, false, lists and maps.'],
  ['BLOCK_AS_IMPLICIT_KEY', 'Put text that contains ": " in quotes.'],
  ['RESOURCE_EXHAUSTION', 'Nest the values less deeply.'],
]);

/**
 * Parses YAML 1.2 to plain JSON with places.
 * @throws AigateError YAML_SYNTAX with every problem of syntax; nothing else is judged then, because it would be
 * judged on a value that nobody wrote
 */
export function readYaml(source: SourceFile, file: LocatedFile): YamlTree {
  if (source.text.length > MOST_TEXT) {
    const message = `the file is longer than ${MOST_TEXT} characters`;
    throw configError('YAML_SYNTAX', file.path, [file.problem([0, 0], { code: 'YAML_SYNTAX', message })]);
  }
  if (isDeep(source.text)) {
    const problem = {
      code: 'YAML_SYNTAX',
      message: 'nested too deeply (RESOURCE_EXHAUSTION)',
      hint: HINTS.get('RESOURCE_EXHAUSTION'),
    } as const;
    throw configError('YAML_SYNTAX', file.path, [file.problem([0, 0], problem)]);
  }
  const document = parseDocument(source.text, {
    prettyErrors: false,
    // Under 'silent' the library drops its complaint about a second document.
    logLevel: 'error',
    schema: 'core',
    resolveKnownTags: false,
    uniqueKeys: false,
  });
  const { yaml } = document.directives ?? {};
  const faults = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({ code, message, pos }));
  const exhausted = faults.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (exhausted !== undefined) faults.splice(0, faults.length, { ...exhausted, message: 'nested too deeply' });
  const problems = faults.map(({ code, message, pos }) =>
    file.problem(pos, {
      code: 'YAML_SYNTAX',
      message: MESSAGES.get(code) ?? `${message} (${code})`,
      hint: HINTS.get(code),
    }),
  );
  if (yaml?.explicit && yaml.version !== '1.2') {
    const message = `expected YAML 1.2, got %YAML ${yaml.version}`;
    problems.push(file.problem([0, 0], { code: 'YAML_SYNTAX', message, hint: 'Remove the directive.' }));
  }
  if (problems.length > 0) throw configError('YAML_SYNTAX', file.path, problems);
  const tree = readTree(document, file);
  const refused = tree.problems.filter(({ code }) => code === 'YAML_SYNTAX');
  if (refused.length > 0) throw configError('YAML_SYNTAX', file.path, refused);
  return tree;
}
