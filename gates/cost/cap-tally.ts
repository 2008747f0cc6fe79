import type { EvidenceRef } from '../../src/contract/evidence.ts';
import type { Caps } from '../../src/contract/plan.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';

/** Declared caps in the order in which they are told. */
export const CAP_NAMES = ['modelCalls', 'toolCalls', 'inputTokens', 'outputTokens'] as const;
type CapName = keyof Caps;

export function hasCap({ modelCalls, toolCalls, inputTokens, outputTokens }: Caps): boolean {
  return (modelCalls ?? toolCalls ?? inputTokens ?? outputTokens) !== undefined;
}

/** How runs keep to the declared caps. Counts of runs, where nothing else is said. */
export interface CapTally {
  runs: number;
  /** By the cap that they pass; a run may pass several. Caps that none passes are absent. */
  above: Partial<Record<CapName, number>>;
  /** Runs that pass any. */
  aboveAny: number;
  /** Runs that pass none and make exactly as many model or tool calls as one allows, where the code stops them. */
  stopped: number;
  /** Runs that pass none as far as is known, with calls or counts that are not recorded. */
  unknown: number;
  /** Model calls that write to a cache, and those among them that keep it for an hour: dearer than other input. */
  cacheWrites: number;
  longCacheWrites: number;
  aboveAt: Witness[];
  unknownAt: Witness[];
}

export function emptyCaps(): CapTally {
  return {
    runs: 0,
    above: {},
    aboveAny: 0,
    stopped: 0,
    unknown: 0,
    cacheWrites: 0,
    longCacheWrites: 0,
    aboveAt: [],
    unknownAt: [],
  };
}

/** What one run shows of one cap. */
export type CapUse = 'under' | 'at' | 'above' | 'unknown';

/** Counts in place what one run shows of all declared caps. */
export function addUses(into: CapTally, uses: Readonly<Partial<Record<CapName, CapUse>>>, ref: EvidenceRef): void {
  let [isAbove, isUnknown, isAt] = [false, false, false];
  for (const name of CAP_NAMES) {
    const use = uses[name];
    if (use === 'above') into.above[name] = (into.above[name] ?? 0) + 1;
    isAbove ||= use === 'above';
    isUnknown ||= use === 'unknown';
    isAt ||= use === 'at' && (name === 'modelCalls' || name === 'toolCalls');
  }
  if (isAbove) {
    into.aboveAny += 1;
    keepWitness(into.aboveAt, { value: 1, ref });
    return;
  }
  if (isAt) into.stopped += 1;
  if (!isUnknown) return;
  into.unknown += 1;
  keepWitness(into.unknownAt, { value: 1, ref });
}

export function mergeCaps(a: CapTally, b: CapTally): CapTally {
  const above: CapTally['above'] = {};
  for (const name of CAP_NAMES) {
    const count = (a.above[name] ?? 0) + (b.above[name] ?? 0);
    if (count > 0) above[name] = count;
  }
  return {
    runs: a.runs + b.runs,
    above,
    aboveAny: a.aboveAny + b.aboveAny,
    stopped: a.stopped + b.stopped,
    unknown: a.unknown + b.unknown,
    cacheWrites: a.cacheWrites + b.cacheWrites,
    longCacheWrites: a.longCacheWrites + b.longCacheWrites,
    aboveAt: mergeWitnesses(a.aboveAt, b.aboveAt),
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
  };
}
