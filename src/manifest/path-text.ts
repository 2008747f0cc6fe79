import { shown } from './describe-issue.ts';

/** Keys and list indices from the root of a document to a value. */
export type Path = readonly (string | number)[];

/** How a reader writes it: `scenarios[0].select["aigate.case"]`; empty for the root. */
export function describePath(path: Path): string {
  return path.map(describePart).join('').replace(/^\./, '');
}

function describePart(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`;
  return /^[\w-]{1,80}$/.test(part) ? `.${part}` : `[${shown(part)}]`;
}
