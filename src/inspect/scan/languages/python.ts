import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { ModuleFacts } from '../module-facts.ts';
import { addParameter, addText, addWord, type Collector, emptyCollector, type Visitors } from './collector.ts';
import { addAssignment, addCall, addImport, addLoop, addTry, addWith, addWrappers } from './python-nodes.ts';
import { stringText, templateText, textOf } from './syntax.ts';
import { entriesOf } from './values.ts';

const VISITORS: Visitors = {
  ImportStatement: addImport,
  CallExpression: addCall,
  AssignStatement: addAssignment,
  NamedExpression: addAssignment,
  WithStatement: addWith,
  TryStatement: addTry,
  ForStatement: addLoop,
  DecoratedStatement: addWrappers,
  ParamList: addParameters,
  DictionaryExpression: addEntries,
  String: addString,
  FormatString: (into, node) => addText(into, node, templateText(node, into.source)),
};

/** Reads Python 3, however broken. */
export function readPython(source: string): ModuleFacts {
  const into = emptyCollector('python', source);
  const cursor = parser.parse(source).cursor();
  do {
    const isName = cursor.name === 'VariableName' || cursor.name === 'PropertyName';
    if (isName) into.words.add(source.slice(cursor.from, cursor.to));
    else if (Object.hasOwn(VISITORS, cursor.name)) VISITORS[cursor.name]?.(into, cursor.node);
  } while (cursor.next());
  return into;
}

function addEntries(into: Collector, node: SyntaxNode): void {
  for (const entry of entriesOf(node, into.source)) into.entries.push(entry);
}

/** Texts that are neither documentation nor a key, an index or a type (`Literal["…"]`, quoted annotations). */
function addString(into: Collector, node: SyntaxNode): void {
  const { parent, nextSibling } = node;
  const text = stringText(textOf(node, into.source));
  const isKey = parent?.name === 'DictionaryExpression' && nextSibling?.name === ':';
  if (isKey || /^(?:ExpressionStatement|TypeDef|MemberExpression)$/.test(parent?.name ?? '')) addWord(into, text);
  else addText(into, node, text);
}

function addParameters(into: Collector, node: SyntaxNode): void {
  for (const name of node.getChildren('VariableName')) {
    if (name.prevSibling?.name !== 'AssignOp') addParameter(into, name);
  }
}
