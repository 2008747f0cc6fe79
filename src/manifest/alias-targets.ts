import { type Alias, type Document, isAlias, isCollection, isNode, isScalar, type Node, visit } from 'yaml';

/**
 * What each alias stands for: the node that last took the name before it. Undefined targets are left out.
 * One pass, because the library's own lookup walks the document again for every alias.
 */
export function aliasTargets(document: Document): ReadonlyMap<Alias, Node> {
  const named = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, (_key, node) => {
    if (!isNode(node)) return;
    if (isAlias(node)) {
      const target = named.get(node.source);
      if (target !== undefined) targets.set(node, target);
      return;
    }
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) named.set(node.anchor, node);
  });
  return targets;
}
