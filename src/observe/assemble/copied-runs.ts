import type { ObservedStep } from '../../contract/observed-run.ts';

/**
 * Recognises runs that were recorded once and exported under two ids: the same steps at the same instants. Runs in which
 * a step has no time are never taken for copies, because equal texts prove nothing.
 */
export interface CopyDetector {
  /** Whether an earlier run had these very steps. */
  isCopy(steps: readonly ObservedStep[]): boolean;
}

/** Runs that are remembered; copies of later ones count as runs. 8 bytes each, in a table at most half full. */
const MOST_REMEMBERED = 1_000_000;
const FIRST_SLOTS = 2 ** 12;

export function createCopyDetector(): CopyDetector {
  let slots = new Float64Array(FIRST_SLOTS);
  let remembered = 0;

  /** Where it is, or the empty slot where it belongs. */
  const slotOf = (within: Float64Array, fingerprint: number): number => {
    let at = fingerprint % within.length;
    while (within[at] !== 0 && within[at] !== fingerprint) at = (at + 1) % within.length;
    return at;
  };
  const has = (fingerprint: number) => slots[slotOf(slots, fingerprint)] === fingerprint;
  const insert = (into: Float64Array, fingerprint: number) => {
    into[slotOf(into, fingerprint)] = fingerprint;
  };
  const grow = () => {
    const larger = new Float64Array(2 * slots.length);
    for (const fingerprint of slots) if (fingerprint !== 0) insert(larger, fingerprint);
    slots = larger;
  };
  return {
    isCopy(steps) {
      const fingerprint = fingerprintOf(steps);
      if (fingerprint === undefined) return false;
      if (remembered >= MOST_REMEMBERED) return has(fingerprint);
      if (has(fingerprint)) return true;
      insert(slots, fingerprint);
      remembered += 1;
      if (2 * remembered > slots.length) grow();
      return false;
    },
  };
}

/** 53 bits, never 0; undefined when a step has no time or there is no step. */
function fingerprintOf(steps: readonly ObservedStep[]): number | undefined {
  if (steps.length === 0) return undefined;
  let [high, low] = [0x811c9dc5, 0x01000193];
  for (const step of steps) {
    if (step.startMs === undefined) return undefined;
    for (const part of partsOf(step, step.startMs)) {
      low = Math.imul(low ^ (part >>> 0), 0x01000193);
      high = Math.imul(high ^ Math.floor(part / 2 ** 32), 0x85ebca6b) ^ (low >>> 13);
    }
  }
  return ((high >>> 0) & 0x1fffff) * 2 ** 32 + (low >>> 0) || 1;
}

/** FNV-1a over UTF-16 units; absent texts are alike. */
function hashOf(text: string | undefined): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < (text?.length ?? 0); i++) hash = Math.imul(hash ^ (text?.charCodeAt(i) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Non-negative whole numbers that two different steps hardly share all of. */
function partsOf(step: ObservedStep, startMs: number): readonly number[] {
  const times = [Math.round(startMs * 1e3), Math.round((step.durationMs ?? 0) * 1e6)];
  switch (step.type) {
    case 'model': {
      const { input = 0, output = 0 } = step.recordedUsage;
      return [...times, Math.abs(input), Math.abs(output), hashOf(step.text)];
    }
    case 'tool':
      return [...times, hashOf(step.tool), hashOf(step.args)];
    case 'approval':
    case 'embedding':
    case 'retrieval':
      return [...times, step.type.length];
  }
}
