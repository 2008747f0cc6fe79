import { quantity } from '../../contract/quantity.ts';
import type { RepositoryFacts } from '../../contract/repository-facts.ts';
import { guess, scalar } from './yaml-line.ts';

const READS =
  /^(?:get|list|search|find|read|fetch|lookup|look|query|check|describe|show|view|retrieve|count|calculate|think|summari[sz]e)(?:$|[^a-z])/i;
const FINAL =
  /(?:^|[^a-z])(?:delete|remove|drop|destroy|purge|cancel|pay|transfer|wire|refund|charge|send|email|publish|deploy|merge|terminate|execute|exec|run|book)(?:$|[^a-z])/i;

/**
 * Tools that recordings call or code offers, with the effect that their names suggest: unknown verbs count as writing.
 * Each waits for a person to review it.
 */
export function draftTools({ recordings, tools }: RepositoryFacts): readonly string[] {
  const seen = new Map(tools.filter(({ value }) => isPlain(value)).map(({ value, at }) => [value, [at]]));
  for (const [name, count] of recordedCalls(recordings)) {
    seen.set(name, [...(seen.get(name) ?? []), quantity(count, 'recorded call')]);
  }
  return [...seen]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, places]) =>
        `  ${scalar(name)}: { effect: ${effectOf(name)}, reviewed: false }${guess(`by its name; ${places.join(', ')}`)}`,
    );
}

function recordedCalls(recordings: RepositoryFacts['recordings']): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const { profile } of recordings) {
    for (const [name, count] of profile.tools.names) {
      if (isPlain(name)) calls.set(name, (calls.get(name) ?? 0) + count);
    }
  }
  return calls;
}

/** `?` stands for a name that is not recorded; what every object has cannot be a key. */
function isPlain(name: string): boolean {
  return name !== '?' && !(name in {});
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
