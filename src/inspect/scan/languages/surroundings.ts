import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../module-facts.ts';
import { childrenOf, textOf } from './syntax.ts';

const FUNCTION = /^(?:Function(?:Declaration|Expression|Definition)|ArrowFunction|MethodDeclaration|LambdaExpression)$/;
const LOOP = /^(?:For|While|Do)Statement$/;
const SETTING = /env|config|setting|args|argv|flags?\b/i;
/** Calls whose arguments are what a setting is when nobody sets it. */
const DEFAULTING =
  /(?:getenv|environ\.get|\benv(?:\.\w+)?|[cC]onfig\.get|add_argument|\.option|\bOption|\.default|SettingsConfigDict)$/;
/** Enough to tell what an expression is about. */
const GLANCE = 200;

/** The innermost function around a node, or the whole module. */
export function scopeOf(node: SyntaxNode): Span {
  let scope: SyntaxNode = node;
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    scope = parent;
    if (FUNCTION.test(parent.name)) break;
  }
  return { from: scope.from, to: scope.to };
}

/** Whether a text only stands in for a setting that is absent: in the environment, a configuration or an option. */
export function isFallbackText(text: SyntaxNode, source: string): boolean {
  let node = text;
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    switch (parent.name) {
      case 'ParenthesizedExpression':
        break;
      case 'BinaryExpression': {
        const [left, operator] = childrenOf(parent);
        if (left === undefined || operator === undefined) return false;
        const says = textOf(operator, source);
        if (/^(?:\?\?|\|\||or)$/.test(says) && left.to <= node.from) return isSetting(left, source);
        if (!/^(?:as|satisfies|\?\?|\|\||or)$/.test(says)) return false;
        break;
      }
      case 'ConditionalExpression':
        return isSetting(parent, source);
      case 'ArgList': {
        const callee = parent.parent?.firstChild;
        return callee != null && DEFAULTING.test(source.slice(Math.max(callee.from, callee.to - GLANCE), callee.to));
      }
      case 'AssignStatement':
        return isInSettingsClass(parent, source);
      default:
        return false;
    }
    node = parent;
  }
  return false;
}

function isSetting({ from, to }: Span, source: string): boolean {
  return SETTING.test(source.slice(from, Math.min(to, from + GLANCE)));
}

/** pydantic-settings: fields of such classes are read from the environment. */
function isInSettingsClass(assignment: SyntaxNode, source: string): boolean {
  const owner = assignment.parent?.parent;
  const bases = owner?.name === 'ClassDefinition' ? owner.getChild('ArgList') : null;
  return bases !== null && /Settings\b/.test(textOf(bases, source));
}

/** Whether what follows the `try` deals with the failure: its body returns, and other code or another turn comes after. */
export function fallsOn(tryStatement: SyntaxNode, body: SyntaxNode, source: string): boolean {
  if (!/\b(?:return|break)\b/.test(textOf(body, source))) return false;
  if (tryStatement.nextSibling !== null && tryStatement.nextSibling.name !== '}') return true;
  for (let parent = tryStatement.parent; parent !== null && !FUNCTION.test(parent.name); parent = parent.parent) {
    if (LOOP.test(parent.name)) return true;
  }
  return false;
}

/** Whether an item of a loop is used other than by its members: handed to a function, yielded, stored. */
export function handsOn(body: SyntaxNode, item: string, source: string): boolean {
  const cursor = body.cursor();
  do {
    if (cursor.name !== 'VariableName' || source.slice(cursor.from, cursor.to) !== item) continue;
    const { node } = cursor;
    const isRead = node.parent?.name === 'MemberExpression' && node.prevSibling === null;
    if (!isRead) return true;
  } while (cursor.next() && cursor.from < body.to);
  return false;
}
