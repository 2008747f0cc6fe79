import type { EvidenceRef } from './evidence.ts';
import type { Plan } from './plan.ts';

/** The place of a declaration in the manifest: of the pointer itself, or of its nearest ancestor that is written. */
export function manifestRef({ manifestLines }: Pick<Plan, 'manifestLines'>, pointer: string): EvidenceRef {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = Object.hasOwn(manifestLines, at) ? manifestLines[at] : undefined;
    if (line !== undefined) return { artifact: 'manifest', line, pointer: at };
  }
  return { artifact: 'manifest', line: manifestLines[''] ?? 1, pointer: '' };
}

/** An RFC 6901 pointer from its parts: `pointerOf('tools', 'a/b')` is `/tools/a~1b`. */
export function pointerOf(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
