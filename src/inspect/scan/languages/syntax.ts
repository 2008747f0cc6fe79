import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../module-facts.ts';

/** Children in order, punctuation and keywords included, comments not. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.name.endsWith('Comment')) children.push(child);
  }
  return children;
}

export function spanOf({ from, to }: Span): Span {
  return { from, to };
}

export function textOf({ from, to }: Span, source: string): string {
  return source.slice(from, to);
}

/** What an expression is when brackets, awaits, assertions and defaults are taken off. */
export function unwrap(node: SyntaxNode, source: string): SyntaxNode {
  let inner = node;
  for (let next = contentOf(inner, source); next !== null; next = contentOf(inner, source)) inner = next;
  return inner;
}

/** What an expression is when brackets and assertions are taken off: `x as const`, not `x ?? y`. */
export function unwrapAssertions(node: SyntaxNode, source: string): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenthesizedExpression' || /^(?:as|satisfies)$/.test(operatorOf(inner, source))) {
    const next = contentOf(inner, source);
    if (next === null) return inner;
    inner = next;
  }
  return inner;
}

function contentOf(node: SyntaxNode, source: string): SyntaxNode | null {
  switch (node.name) {
    case 'ParenthesizedExpression':
      return childrenOf(node)[1] ?? null;
    case 'AwaitExpression':
    case 'NamedExpression':
    case 'TypeAssertion':
      return node.lastChild;
    case 'PostfixExpression':
    case 'InstantiationExpression':
      return node.firstChild;
    default:
      return /^(?:as|satisfies|\?\?|\|\||or)$/.test(operatorOf(node, source)) ? node.firstChild : null;
  }
}

/** The operator of a binary expression, otherwise ''. */
function operatorOf(node: SyntaxNode, source: string): string {
  if (node.name !== 'BinaryExpression') return '';
  const operator = childrenOf(node)[1];
  return operator === undefined ? '' : textOf(operator, source);
}

/** A string literal of either language without prefix and quotes. Escapes stay: nothing that is looked for has any. */
export function stringText(literal: string): string {
  const body = literal.replace(/^[A-Za-z]{0,2}(?=["'`])/, '');
  const quotes = /^(?:"""|''')/.test(body) ? 3 : 1;
  const isClosed = body.length >= 2 * quotes && body.endsWith(body.slice(0, quotes));
  return body.slice(quotes, isClosed ? -quotes : undefined);
}

/** A template or f-string, its interpolations as `{}`. */
export function templateText(node: SyntaxNode, source: string): string {
  let text = '';
  let { from } = node;
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Interpolation' && child.name !== 'FormatReplacement') continue;
    text += `${source.slice(from, child.from)}{}`;
    from = child.to;
  }
  return stringText(text + source.slice(from, node.to));
}

/** Whether the body of a handler holds nothing, or words that do nothing. */
export function isSilent(body: SyntaxNode): boolean {
  return childrenOf(body).every(({ name, firstChild }) =>
    name === 'ExpressionStatement'
      ? firstChild?.name === 'Ellipsis'
      : /^(?:[{}:;]|PassStatement|ContinueStatement|EmptyStatement)$/.test(name),
  );
}
