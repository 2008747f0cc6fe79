import type { ToolPolicy } from '../tool-policy.ts';

/**
 * What the name of a tool suggests. A suggestion and a detector of contradictions, never a declaration: on names that were
 * not seen while such lists were written, writes are taken for reads. Undefined = it suggests nothing.
 */
export function effectOfName(name: string): ToolPolicy['effect'] | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z]+/g);
  const [first = '', second = ''] = words ?? [];
  if (LEADING.irreversible.has(first)) return 'irreversible';
  // A verb that is no noun counts anywhere: `get_or_create`, `bulk_delete`.
  if (words?.some((word) => ANYWHERE.irreversible.has(word))) return 'irreversible';
  if (LEADING.write.has(first) || words?.some((word) => ANYWHERE.write.has(word))) return 'write';
  return READS.has(first) || READS.has(second) ? 'read' : undefined;
}

const ANYWHERE = {
  irreversible: setOf('delete destroy purge erase wipe truncate send pay refund withdraw publish terminate revoke'),
  write: setOf(
    'write create update edit modify insert append save upload push remove rename replace approve reject cancel submit register enable disable grant invite subscribe unsubscribe upsert',
  ),
} as const;

/** Words that are nouns too, such as `read_file` and `get_order`, count only in front. */
const LEADING = {
  irreversible: setOf(
    'drop email mail payout transfer wire charge post broadcast shutdown merge deploy execute exec eval kill',
  ),
  write: setOf(
    'change set put add store commit move copy patch assign close open reopen book reserve order schedule start stop restart pause resume fork sync import reply comment label tag archive restore reset apply run install toggle click type fill drag press navigate issue file note mark lock unlock escalate notify trigger convert gzip zip select',
  ),
} as const;

const READS = setOf(
  'get list read find search query fetch lookup look show view describe check count inspect retrieve browse download export summarize compare validate verify calculate compute preview analyze explain estimate echo ping status tree is has think print',
);

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
