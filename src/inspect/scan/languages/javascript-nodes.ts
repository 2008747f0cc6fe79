import type { SyntaxNode } from '@lezer/common';
import type { Call, Entry, Import } from '../module-facts.ts';
import type { Collector } from './collector.ts';
import { moduleOf, pathOf } from './paths.ts';
import { fallsOn, handsOn, scopeOf } from './surroundings.ts';
import { childrenOf, isSilent, spanOf, stringText, textOf, unwrap } from './syntax.ts';
import { entryOf, readValue } from './values.ts';

/** Values that cannot bring options along. */
const CLOSED =
  /^(?:String|TemplateString|Number|BooleanLiteral|null|ArrayExpression|RegExp|ArrowFunction|FunctionExpression)$/;

export function addImport(into: Collector, node: SyntaxNode): void {
  const children = childrenOf(node);
  const source = children.find(({ name }) => name === 'String');
  if (source === undefined || children.some(({ name }) => name === 'type')) return;
  const module = stringText(textOf(source, into.source));
  const names = node.name === 'DynamicImport' ? [self(module)] : namesOf(children, into.source);
  const isTypesOnly = names.length === 0 && children.some(({ name }) => name === 'ImportGroup');
  if (!isTypesOnly) into.imports.push({ ...spanOf(node), module, names });
}

/** How `require('x')` and `import('x')` are called in paths. */
function self(module: string): Import['names'][number] {
  return { local: `‹${module}›`, imported: '' };
}

function namesOf(children: readonly SyntaxNode[], source: string): Import['names'] {
  return children.flatMap((child, i) => {
    if (child.name === 'ImportGroup') return groupNames(child, source);
    if (child.name !== 'VariableDefinition') return [];
    const imported = children[i - 1]?.name === 'as' ? '' : 'default';
    return [{ local: textOf(child, source), imported }];
  });
}

/** `{ A, B as C, type D }`: the types are left out. */
function groupNames(group: SyntaxNode, source: string): Import['names'][number][] {
  const names: Import['names'][number][] = [];
  let isType = false;
  let imported: string | undefined;
  for (const child of childrenOf(group)) {
    if (child.name === 'type') isType = true;
    else if (child.name === 'VariableName' || child.name === 'PropertyName') imported = textOf(child, source);
    else if (child.name === 'VariableDefinition') {
      const local = textOf(child, source);
      if (!isType) names.push({ local, imported: imported ?? local });
      [isType, imported] = [false, undefined];
    }
  }
  return names;
}

export function addCall(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  addPromiseHandler(into, node);
  const callee = node.name === 'NewExpression' ? childrenOf(node)[1] : node.firstChild;
  const list = node.getChild('ArgList');
  if (callee == null) return;
  const required = moduleOf(node, source);
  if (required !== undefined) into.imports.push({ ...spanOf(node), module: required, names: [self(required)] });
  const args = list === null ? [] : childrenOf(list).filter(({ name }) => !/^[(),]$/.test(name));
  const [first] = args;
  into.calls.push({
    ...spanOf(node),
    path: pathOf(callee, source),
    args: args.map((argument) => pathOf(argument, source)),
    firstText: first === undefined ? '' : readValue(first, source).text,
    ...optionsOf(args, source),
  });
}

function optionsOf(args: readonly SyntaxNode[], source: string): Pick<Call, 'named' | 'isOpen'> {
  const named: Entry[] = [];
  let isOpen = false;
  for (const argument of args.map((node) => unwrap(node, source))) {
    if (argument.name !== 'ObjectExpression') {
      isOpen ||= !CLOSED.test(argument.name);
      continue;
    }
    for (const property of argument.getChildren('Property')) {
      const entry = entryOf(property, source);
      if (entry !== undefined) named.push(entry);
      isOpen ||= property.firstChild?.name === 'Spread';
    }
  }
  return { named, isOpen };
}

/** `.catch(() => {})`, also with null or undefined. */
function addPromiseHandler(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  const callee = node.firstChild;
  if (callee?.name !== 'MemberExpression' || textOf(callee.lastChild ?? callee, source) !== 'catch') return;
  const handler = node.getChild('ArgList')?.firstChild?.nextSibling;
  if (handler == null || !/^(?:ArrowFunction|FunctionExpression)$/.test(handler.name)) return;
  const body = handler.lastChild;
  if (body === null) return;
  const isNothing = body.name === 'Block' ? isSilent(body) : readValue(body, source).kind === 'nothing';
  if (isNothing) into.silentHandlers.push({ ...spanOf(handler), body: spanOf(callee) });
}

export function addAssignments(into: Collector, node: SyntaxNode): void {
  const children = childrenOf(node);
  children.forEach((child, i) => {
    if (child.name !== 'Equals') return;
    const target = children[i - 1]?.name === 'TypeAnnotation' ? children[i - 2] : children[i - 1];
    const value = children[i + 1];
    if (target !== undefined && value !== undefined) addAssignment(into, target, value);
  });
}

function addAssignment(into: Collector, target: SyntaxNode, value: SyntaxNode): void {
  const { source } = into;
  const path = pathOf(value, source);
  const add = (name: string, says: string, scope = scopeOf(target)) =>
    into.assignments.push({ ...spanOf(value), name, value: says, scope });
  const module = { from: 0, to: source.length };
  if (/^Variable(?:Definition|Name)$/.test(target.name)) add(textOf(target, source), path);
  else if (target.name.endsWith('PropertyDefinition')) add(`this.${textOf(target, source)}`, path, module);
  else if (target.name === 'MemberExpression') add(pathOf(target, source), path, module);
  for (const property of target.getChildren('PatternProperty')) {
    const [key, colon, name] = childrenOf(property);
    const local = colon?.name === ':' ? name : key;
    if (key === undefined || local?.name !== 'VariableDefinition') continue;
    add(textOf(local, source), `${path}.${textOf(key, source)}`);
  }
}

export function addTry(into: Collector, node: SyntaxNode): void {
  const [, body] = childrenOf(node);
  const handler = node.getChild('CatchClause');
  const handlerBody = handler?.getChild('Block');
  if (body === undefined || handler === null || handlerBody == null) return;
  into.tries.push(spanOf(body));
  if (isSilent(handlerBody) && !fallsOn(node, body, into.source)) {
    into.silentHandlers.push({ ...spanOf(handler), body: spanOf(body) });
  }
}

export function addLoop(into: Collector, node: SyntaxNode): void {
  const { source } = into;
  const spec = node.getChild('ForOfSpec');
  const over = spec === null ? undefined : childrenOf(spec).at(-2);
  const item = spec?.getChild('VariableDefinition');
  const body = node.lastChild;
  if (over === undefined || body === null) return;
  const isHandedOn = item != null && handsOn(body, textOf(item, source), source);
  into.loops.push({ ...spanOf(node), subject: pathOf(over, source), over: spanOf(over), handsOn: isHandedOn });
}
