import type { EvidenceRef } from './evidence.ts';

/** A place that decided an outcome, with the value that ranks it. */
export interface Witness {
  readonly value: number;
  readonly ref: EvidenceRef;
}

/** How many witnesses a measure keeps. */
export const WITNESS_LIMIT = 5;

/**
 * Keeps the worst few: largest value first, ties by artifact, line and pointer, so that the selection does not
 * depend on the order in which runs arrive. Changes `list` in place.
 */
export function keepWitness(list: Witness[], candidate: Witness): void {
  const last = list[list.length - 1];
  if (list.length === WITNESS_LIMIT && last !== undefined && compare(candidate, last) >= 0) return;
  list.push(candidate);
  list.sort(compare);
  if (list.length > WITNESS_LIMIT) list.length = WITNESS_LIMIT;
}

export function mergeWitnesses(a: readonly Witness[], b: readonly Witness[]): Witness[] {
  return [...a, ...b].sort(compare).slice(0, WITNESS_LIMIT);
}

/** Places only, worst first, without repeats. */
export function refsOf(list: readonly Witness[]): EvidenceRef[] {
  const seen = new Set<string>();
  return list
    .map((witness) => witness.ref)
    .filter(({ artifact, line, pointer }) => {
      const key = `${artifact}\n${line}\n${pointer}`;
      return !seen.has(key) && seen.add(key);
    });
}

/**
 * The same for an outcome that cannot stand without a witness.
 * @throws Error on an empty list: a defect of the measure, which the engine records as an `error` finding.
 */
export function witnessesOf(list: readonly Witness[]): [EvidenceRef, ...EvidenceRef[]] {
  const [worst, ...others] = refsOf(list);
  if (worst === undefined) throw new Error('an outcome that needs a witness has none');
  return [worst, ...others];
}

function compare(a: Witness, b: Witness): number {
  return (
    b.value - a.value ||
    text(a.ref.artifact, b.ref.artifact) ||
    a.ref.line - b.ref.line ||
    text(a.ref.pointer, b.ref.pointer)
  );
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
