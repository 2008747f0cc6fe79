import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { LONGEST_NAME, NAME_LIMIT, type NameCounts, placeOf } from '../../src/contract/name-counts.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';

/**
 * How often each outside name occurred and where, in bounded memory: as `NameCounts`, with a few places of each name.
 * Mutable by `addPlace`; everything else returns new values.
 */
export interface NamedPlaces {
  total: number;
  names: [name: string, count: number, at: Witness[]][];
}

export function emptyPlaces(): NamedPlaces {
  return { total: 0, names: [] };
}

/** Counts one name in place. */
export function addPlace(into: NamedPlaces, name: string, ref: EvidenceRef): void {
  into.total += 1;
  const key = name.length > LONGEST_NAME ? name.slice(0, LONGEST_NAME) : name;
  const place = placeOf(into.names, key);
  const found = into.names[place];
  if (found !== undefined && found[0] === key) {
    found[1] += 1;
    keepWitness(found[2], { value: 1, ref });
    return;
  }
  if (place >= NAME_LIMIT) return;
  into.names.splice(place, 0, [key, 1, [{ value: 1, ref }]]);
  if (into.names.length > NAME_LIMIT) into.names.length = NAME_LIMIT;
}

export function mergePlaces(a: NamedPlaces, b: NamedPlaces): NamedPlaces {
  const names = a.names.map(([name, count, at]): NamedPlaces['names'][number] => [name, count, [...at]]);
  for (const [name, count, at] of b.names) {
    const place = placeOf(names, name);
    const found = names[place];
    if (found !== undefined && found[0] === name) {
      names[place] = [name, found[1] + count, mergeWitnesses(found[2], at)];
    } else names.splice(place, 0, [name, count, [...at]]);
  }
  return { total: a.total + b.total, names: names.slice(0, NAME_LIMIT) };
}

/** The names and how often each occurred, for messages. */
export function countsOf({ total, names }: NamedPlaces): NameCounts {
  return { total, names: names.map(([name, count]) => [name, count]) };
}
