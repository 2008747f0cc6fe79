import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { ModuleFacts } from '../module-facts.ts';
import { addParameter, addText, addWord, type Collector, emptyCollector, type Visitors } from './collector.ts';
import { addAssignments, addCall, addImport, addLoop, addTry } from './javascript-nodes.ts';
import { stringText, templateText, textOf } from './syntax.ts';
import { entryOf } from './values.ts';

const JAVASCRIPT = parser.configure({ dialect: 'jsx' });
const TYPESCRIPT = parser.configure({ dialect: 'ts' });
const TSX = parser.configure({ dialect: 'ts jsx' });

const VISITORS: Visitors = {
  ImportDeclaration: addImport,
  ExportDeclaration: addImport,
  DynamicImport: addImport,
  CallExpression: addCall,
  NewExpression: addCall,
  VariableDeclaration: addAssignments,
  AssignmentExpression: addAssignments,
  PropertyDeclaration: addAssignments,
  TryStatement: addTry,
  ForStatement: addLoop,
  ParamList: addParameters,
  Property: addEntry,
  String: addString,
  JSXAttributeValue: addString,
  TemplateString: (into, node) => addText(into, node, templateText(node, into.source)),
};

/** Reads JavaScript and TypeScript, however broken; the extension of the path chooses the dialect. */
export function readJavaScript(source: string, path: string): ModuleFacts {
  const isTyped = /\.[mc]?tsx?$/.test(path);
  const dialect = path.endsWith('.tsx') ? TSX : isTyped ? TYPESCRIPT : JAVASCRIPT;
  const into = emptyCollector('javascript', source);
  const used = new Set<string>();
  const cursor = dialect.parse(source).cursor();
  do {
    const isUse = cursor.name === 'VariableName';
    if (isUse || /^(?:VariableDefinition|PropertyName|PropertyDefinition)$/.test(cursor.name)) {
      const name = source.slice(cursor.from, cursor.to);
      into.words.add(name);
      if (isUse) used.add(name);
    } else if (Object.hasOwn(VISITORS, cursor.name)) VISITORS[cursor.name]?.(into, cursor.node);
  } while (cursor.next());
  // The compiler leaves out imports that only types use.
  const isLoaded = ({ names }: ModuleFacts['imports'][number]) =>
    !isTyped || names.length === 0 || names.some(({ local }) => used.has(local) || local.startsWith('‹'));
  return { ...into, imports: into.imports.filter(isLoaded) };
}

/** Where a text is no value: a type, the name of a module, a directive, an index. */
const NO_VALUE = /^(?:LiteralType|(?:Im|Ex)portDeclaration|DynamicImport|ExpressionStatement|MemberExpression)$/;

function addString(into: Collector, node: SyntaxNode): void {
  const text = stringText(textOf(node, into.source));
  const isKey = node.parent?.name === 'Property' && node.prevSibling === null;
  if (isKey || NO_VALUE.test(node.parent?.name ?? '')) addWord(into, text);
  else addText(into, node, text);
}

function addEntry(into: Collector, node: SyntaxNode): void {
  const entry = entryOf(node, into.source);
  if (entry !== undefined) into.entries.push(entry);
}

function addParameters(into: Collector, node: SyntaxNode): void {
  const cursor = node.cursor();
  while (cursor.next() && cursor.from < node.to)
    if (cursor.name === 'VariableDefinition') addParameter(into, cursor.node);
}
