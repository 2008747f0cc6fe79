import type { SyntaxNode } from '@lezer/common';
import type { Entry, Value } from '../module-facts.ts';
import { childrenOf, spanOf, stringText, textOf, unwrapAssertions } from './syntax.ts';

/** What an expression is, as far as a glance tells. */
export function readValue(expression: SyntaxNode | undefined, source: string): Value {
  if (expression === undefined) return { from: 0, to: 0, kind: 'other', text: '', items: [] };
  const node = unwrapAssertions(expression, source);
  const text = textOf(node, source);
  const value = { ...spanOf(node), text: '', items: [] };
  switch (node.name) {
    case 'String':
      return { ...value, kind: 'text', text: stringText(text) };
    case 'TemplateString':
      return node.firstChild === null
        ? { ...value, kind: 'text', text: stringText(text) }
        : { ...value, kind: 'other' };
    case 'Number':
      return { ...value, kind: 'number', text: text.replaceAll('_', '') };
    case 'BooleanLiteral':
    case 'Boolean':
      return { ...value, kind: /^true$/i.test(text) ? 'true' : 'false' };
    case 'null':
    case 'None':
      return { ...value, kind: 'nothing' };
    case 'ObjectExpression':
    case 'DictionaryExpression':
      return { ...value, kind: 'object' };
    case 'ArrayExpression':
    case 'TupleExpression':
      return { ...value, kind: 'list', items: childrenOf(node).filter(isItem).map(spanOf) };
    default:
      return { ...value, kind: text === 'undefined' ? 'nothing' : 'other' };
  }
}

function isItem({ name }: SyntaxNode): boolean {
  return !/^[[\](),]$/.test(name);
}

/** A member of an object literal; undefined for spreads, methods and computed keys. */
export function entryOf(property: SyntaxNode, source: string): Entry | undefined {
  const [key, colon, value] = childrenOf(property);
  if (key === undefined || (key.name !== 'PropertyDefinition' && key.name !== 'String')) return undefined;
  const name = key.name === 'String' ? stringText(textOf(key, source)) : textOf(key, source);
  return { ...spanOf(property), key: name, value: readValue(colon?.name === ':' ? value : undefined, source) };
}

/** Entries of a sequence such as `key = value, key: value`: keyword arguments and members of a dictionary. */
export function entriesOf(list: SyntaxNode, source: string): Entry[] {
  const children = childrenOf(list);
  return children.flatMap((separator, i) => {
    const [key, value] = [children[i - 1], children[i + 1]];
    if (!/^(?:AssignOp|:)$/.test(separator.name) || key === undefined || value === undefined) return [];
    if (key.name !== 'VariableName' && key.name !== 'String') return [];
    const name = key.name === 'String' ? stringText(textOf(key, source)) : textOf(key, source);
    // In a dictionary, a bare name is a computed key.
    if (separator.name === ':' && key.name === 'VariableName') return [];
    return [{ from: key.from, to: value.to, key: name, value: readValue(value, source) }];
  });
}
