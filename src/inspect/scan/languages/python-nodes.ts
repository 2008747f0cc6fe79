import type { SyntaxNode } from '@lezer/common';
import type { Collector } from './collector.ts';
import { pathOf } from './paths.ts';
import { fallsOn, handsOn, scopeOf } from './surroundings.ts';
import { childrenOf, isSilent, spanOf, textOf } from './syntax.ts';
import { entriesOf, readValue } from './values.ts';

/** Errors that say that somebody else wants the work to end: to be silent about them is right. */
const ENDINGS =
  /Cancel|KeyboardInterrupt|GeneratorExit|StopIteration|StopAsyncIteration|SystemExit|ImportError|ModuleNotFound/;

export function addImport(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  const parent = node.parent?.parent;
  const condition = parent?.name === 'IfStatement' ? childrenOf(parent)[1] : undefined;
  if (condition !== undefined && /(?:^|\.)TYPE_CHECKING$/.test(textOf(condition, source))) return;
  const words = childrenOf(node).map((child) => textOf(child, source));
  const isFrom = words[0] === 'from';
  const from = isFrom ? words.slice(1, words.indexOf('import')).join('') : '';
  if (from.startsWith('.')) return;
  const list = words.slice(words.indexOf('import') + 1).filter((word) => !/^[()]$/.test(word));
  for (const clause of splitClauses(list)) {
    const [name = '', alias] = clause;
    if (isFrom) into.imports.push({ ...spanOf(node), module: from, names: [{ local: alias ?? name, imported: name }] });
    else into.imports.push({ ...spanOf(node), module: name, names: [{ local: alias ?? name, imported: '' }] });
  }
}

/** `a . b as c , d` → [['a.b', 'c'], ['d']] */
function splitClauses(words: readonly string[]): [name: string, alias?: string][] {
  return words
    .join(' ')
    .split(' , ')
    .map((clause): [string, string?] => {
      const [name = '', alias] = clause.split(' as ');
      return alias === undefined ? [name.replaceAll(' ', '')] : [name.replaceAll(' ', ''), alias];
    });
}

export function addCall(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  const list = node.getChild('ArgList');
  const callee = node.firstChild;
  if (callee === null) return;
  const parts = list === null ? [] : childrenOf(list);
  const named = list === null ? [] : entriesOf(list, source);
  for (const entry of named) into.entries.push(entry);
  const isKeyword = (i: number) =>
    parts[i]?.name === 'AssignOp' || parts[i - 1]?.name === 'AssignOp' || parts[i + 1]?.name === 'AssignOp';
  const args = parts.filter(({ name }, i) => !/^(?:[(),]|\*\*?)$/.test(name) && !isKeyword(i));
  const [first] = args;
  into.calls.push({
    ...spanOf(node),
    path: pathOf(callee, source),
    args: args.map((argument) => pathOf(argument, source)),
    firstText: first === undefined ? '' : readValue(first, source).text,
    named,
    isOpen: parts.some(({ name }) => name === '**'),
  });
}

export function addAssignment(into: Collector, node: SyntaxNode): void {
  const children = childrenOf(node);
  const value = children.at(-1);
  const targets = children.filter(
    ({ name }, i) => /^(?:VariableName|MemberExpression)$/.test(name) && i < children.length - 1,
  );
  // `a, b = …` takes the value apart.
  if (value === undefined || children.some(({ name }) => name === ',')) return;
  for (const target of targets) bind(into, target, value);
}

function bind(into: Collector, target: SyntaxNode, value: SyntaxNode): void {
  const { source } = into;
  const isOwn = target.name === 'MemberExpression';
  into.assignments.push({
    ...spanOf(value),
    name: pathOf(target, source),
    value: pathOf(value, source),
    scope: isOwn ? { from: 0, to: source.length } : scopeOf(target),
  });
}

export function addWith(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  const children = childrenOf(node);
  const body = node.getChild('Body');
  if (body === null) return;
  children.forEach((child, i) => {
    const alias = children[i + 1]?.name === 'as' ? children[i + 2] : undefined;
    const isItem = !/^(?:with|async|as|,|[()]|Body)$/.test(child.name) && children[i - 1]?.name !== 'as';
    if (!isItem) return;
    const path = pathOf(child, source);
    into.wrappers.push({ ...spanOf(node), path });
    if (alias !== undefined) bind(into, alias, child);
    if (/(?:^|\.)suppress\(\)$/.test(path) && !ENDINGS.test(textOf(child, source))) {
      into.silentHandlers.push({ ...spanOf(child), body: spanOf(body) });
    }
  });
}

export function addTry(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  const children = childrenOf(node);
  const body = children.find(({ name }) => name === 'Body');
  const first = children.findIndex(({ name }) => name === 'except');
  if (body === undefined || first < 0) return;
  into.tries.push(spanOf(body));
  if (fallsOn(node, body, source)) return;
  let [from, errors] = [0, ''];
  for (const child of children.slice(first)) {
    if (/^(?:else|finally)$/.test(child.name)) return;
    if (child.name === 'except') [from, errors] = [child.from, ''];
    else if (child.name !== 'Body') errors += textOf(child, source);
    else if (isSilent(child) && !ENDINGS.test(errors))
      into.silentHandlers.push({ from, to: child.to, body: spanOf(body) });
  }
}

export function addLoop(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  const children = childrenOf(node);
  const at = children.findIndex(({ name }) => name === 'in');
  const [item, over, body] = [children[at - 1], children[at + 1], node.getChild('Body')];
  if (item === undefined || over === undefined || body === null) return;
  const isHandedOn = item.name === 'VariableName' && handsOn(body, textOf(item, source), source);
  into.loops.push({ ...spanOf(node), subject: pathOf(over, source), over: spanOf(over), handsOn: isHandedOn });
}

export function addWrappers(into: Collector, node: SyntaxNode): void {
  for (const decorator of node.getChildren('Decorator')) {
    const list = decorator.getChild('ArgList');
    const name = into.source.slice(decorator.from + 1, list?.from ?? decorator.to).trim();
    into.wrappers.push({ ...spanOf(node), path: list === null ? name : `${name}()` });
  }
}
