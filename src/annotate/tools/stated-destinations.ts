import { isRecord, scalarsIn } from '../../contract/argument-path.ts';
import { RULE_FACTS } from '../../contract/tool-policy.ts';
import { cameFrom } from './came-from.ts';
import { addressesIn, isDestination } from './destination-parts.ts';
import type { JudgeOrigin } from './provenance.ts';

/** That no destination was taken from what strangers wrote alone. What is not said anywhere is not judged here. */
export function judgeDestinations(except: readonly string[], untrusted: ReadonlySet<string>): JudgeOrigin {
  return (args, heard) => {
    if (!isRecord(args)) return RULE_FACTS.unknown;
    const declared = except.map((path) => path.replaceAll('.*', ''));
    const values = destinationsIn(args, '', declared).filter((value) => value.trim() !== '');
    if (values.length === 0) return RULE_FACTS.absent;
    // A value that somebody trusted said whole is theirs; of any other each address counts by itself.
    const parts = values.flatMap((value) =>
      cameFrom(value, heard, untrusted) === 'trusted' ? [value] : addressesIn(value),
    );
    const origins = parts.map((value) => cameFrom(value, heard, untrusted));
    if (origins.includes('strangers')) return heard.mayLackUser ? RULE_FACTS.unknown : RULE_FACTS.untrusted;
    return origins.includes('unknown') ? RULE_FACTS.unknown : RULE_FACTS.holds;
  };
}

function destinationsIn(value: unknown, path: string, except: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => destinationsIn(item, path, except));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (except.includes(at)) return [];
    const isPlace = isDestination(key) && !isRecord(member);
    return isPlace ? scalarsIn(member) : destinationsIn(member, at, except);
  });
}
