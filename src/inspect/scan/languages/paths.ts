import type { SyntaxNode } from '@lezer/common';
import type { Path } from '../module-facts.ts';
import { childrenOf, stringText, textOf, unwrap } from './syntax.ts';

/** Names in a longer chain say nothing more, and reading every prefix of a chain of thousands takes too long. */
const LONGEST_CHAIN = 40;

/** See `Path`. A module that is loaded by an expression is `‹module›`. */
export function pathOf(start: SyntaxNode, source: string): Path {
  let tail = '';
  let node: SyntaxNode | null = start;
  for (let length = 0; node !== null && length < LONGEST_CHAIN; length++) {
    node = unwrap(node, source);
    const module = moduleOf(node, source);
    if (module !== undefined) return `‹${module}›${tail}`;
    switch (node.name) {
      case 'VariableName':
      case 'JSXIdentifier':
      case 'this':
        return textOf(node, source) + tail;
      case 'MemberExpression':
        tail = stepOf(node, source) + tail;
        node = node.firstChild;
        break;
      case 'CallExpression':
        tail = `()${tail}`;
        node = node.firstChild;
        break;
      case 'NewExpression':
        tail = `()${tail}`;
        node = childrenOf(node)[1] ?? null;
        break;
      default:
        return '';
    }
  }
  return '';
}

function stepOf(member: SyntaxNode, source: string): Path {
  const last = member.lastChild;
  if (last?.name.endsWith('PropertyName')) return `.${textOf(last, source)}`;
  const index = childrenOf(member)[2];
  const name = index?.name === 'String' ? stringText(textOf(index, source)) : '';
  return /^[\w$]+$/.test(name) ? `.${name}` : '[]';
}

/** The module that `require('x')` or `import('x')` loads; undefined for other expressions. */
export function moduleOf(node: SyntaxNode, source: string): string | undefined {
  const isImport = node.name === 'DynamicImport';
  if (!isImport && node.name !== 'CallExpression') return undefined;
  const callee = node.firstChild;
  if (!isImport && (callee?.name !== 'VariableName' || textOf(callee, source) !== 'require')) return undefined;
  const text = (isImport ? node : node.getChild('ArgList'))?.getChild('String');
  return text == null ? undefined : stringText(textOf(text, source));
}
