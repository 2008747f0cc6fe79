import type { SyntaxNode } from '@lezer/common';
import type { ModuleFacts } from '../module-facts.ts';
import { isFallbackText, scopeOf } from './surroundings.ts';
import { spanOf, textOf } from './syntax.ts';

/** The facts of a module, while they are collected. */
export type Collector = {
  readonly [K in keyof ModuleFacts]: ModuleFacts[K] extends readonly (infer T)[] ? T[] : ModuleFacts[K];
} & { readonly words: Set<string> };

/** Adds what a node says; one per kind of node. */
export type Visitors = Readonly<Record<string, (into: Collector, node: SyntaxNode) => void>>;

export function emptyCollector(language: ModuleFacts['language'], source: string): Collector {
  const empty = { imports: [], calls: [], entries: [], texts: [], assignments: [] };
  const blocks = { silentHandlers: [], tries: [], loops: [], wrappers: [] };
  return { language, source, ...empty, ...blocks, words: new Set() };
}

/** A text of one word, such as the name of an event or of a field. */
const WORD = /^[\w.-]{1,60}$/;

export function addWord(into: Collector, text: string): void {
  if (WORD.test(text)) into.words.add(text);
}

export function addText(into: Collector, node: SyntaxNode, text: string): void {
  addWord(into, text);
  into.texts.push({ from: node.from, to: node.to, text, isFallback: isFallbackText(node, into.source) });
}

/** A parameter hides what its name means outside of its function. */
export function addParameter(into: Collector, node: SyntaxNode): void {
  into.assignments.push({ ...spanOf(node), name: textOf(node, into.source), value: '', scope: scopeOf(node) });
}
