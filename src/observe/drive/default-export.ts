/**
 * Whether a module exports a class by default. Some loaders give the class itself in place of the module of a CommonJS
 * package, with the exports as its members.
 */
export function hasDefaultClass(module: unknown): boolean {
  const isModule = (typeof module === 'object' && module !== null) || typeof module === 'function';
  return isModule && 'default' in module && typeof module.default === 'function';
}
