import { WITNESS_LIMIT } from './witness.ts';

/** The first few sentences of a list in one line, and how many more there are. */
export function listShown(texts: readonly string[]): string {
  const rest = texts.length - WITNESS_LIMIT;
  return [...texts.slice(0, WITNESS_LIMIT), ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
}
