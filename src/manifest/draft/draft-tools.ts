import { quantity } from '../../contract/quantity.ts';
import type { RepositoryFacts } from '../../contract/repository-facts.ts';
import { guess, scalar } from './yaml-line.ts';

const READS =
  /^(?:get|list|search|find|read|fetch|lookup|look|query|check|describe|show|view|retrieve|count|calculate|think|summari[sz]e)(?:$|[^a-z])/i;
const FINAL =
  /(?:^|[^a-z])(?:delete|remove|drop|destroy|purge|cancel|pay|transfer|wire|refund|charge|send|email|publish|deploy|merge|terminate|execute|exec|run|book)(?:$|[^a-z])/i;

/** Tools that recordings call, with the effect that their names suggest: unknown verbs count as writing. */
export function draftTools({ recordings }: RepositoryFacts): readonly string[] {
  const calls = new Map<string, number>();
  for (const { profile } of recordings) {
    for (const [name, count] of profile.tools.names) {
      if (name !== '?' && !(name in {})) calls.set(name, (calls.get(name) ?? 0) + count);
    }
  }
  return [...calls]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, count]) =>
        `  ${scalar(name)}: { effect: ${effectOf(name)} }${guess(`by its name; ${quantity(count, 'recorded call')}`)}`,
    );
}

function effectOf(name: string): string {
  const words =
    name
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .split(/[.:]|__/)
      .at(-1) ?? name;
  if (FINAL.test(words)) return 'irreversible';
  return READS.test(words) ? 'read' : 'write';
}
