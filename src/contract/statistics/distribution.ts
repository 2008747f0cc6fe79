/**
 * A distribution of non-negative integers in bounded memory: exact extremes, the `TAIL` largest values exact,
 * and a log histogram of 1 % wide bins for the rest. Mutable by `addValue`; everything else returns new values.
 */
export interface Distribution {
  count: number;
  min: number;
  max: number;
  /** The largest values, descending, at most `TAIL`. */
  tail: number[];
  /** Bin index → count; keys ascend in canonical JSON only. */
  bins: Record<string, number>;
}

const TAIL = 512;
const GROWTH = Math.log(1.01);

export function emptyDistribution(): Distribution {
  return { count: 0, min: 0, max: 0, tail: [], bins: {} };
}

/** Adds `value` (integer ≥ 0) in place. @throws RangeError for anything else. */
export function addValue(into: Distribution, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a non-negative integer`);
  into.min = into.count === 0 ? value : Math.min(into.min, value);
  into.max = Math.max(into.max, value);
  into.count += 1;
  const bin = binOf(value);
  into.bins[bin] = (into.bins[bin] ?? 0) + 1;
  insertDescending(into.tail, value);
}

export function mergeDistributions(a: Distribution, b: Distribution): Distribution {
  if (a.count === 0 || b.count === 0) return structuredCopy(a.count === 0 ? b : a);
  const bins: Record<string, number> = { ...a.bins };
  for (const [bin, count] of Object.entries(b.bins)) bins[bin] = (bins[bin] ?? 0) + count;
  const tail = [...a.tail, ...b.tail].sort((x, y) => y - x).slice(0, TAIL);
  return { count: a.count + b.count, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), tail, bins };
}

/**
 * The value of rank `rank` (from 1, ascending). Exact among the `TAIL` largest; otherwise the upper edge of its
 * bin, at most 1 % above the true value and never below it.
 */
export function valueAtRank(from: Distribution, rank: number): { readonly value: number; readonly isExact: boolean } {
  const fromTop = from.count - rank;
  const exact = from.tail[fromTop];
  if (exact !== undefined) return { value: exact, isExact: true };
  let seen = 0;
  for (const bin of Object.keys(from.bins)
    .map(Number)
    .sort((a, b) => a - b)) {
    seen += from.bins[bin] ?? 0;
    if (seen >= rank) return { value: Math.min(upperEdge(bin), from.max), isExact: false };
  }
  return { value: from.max, isExact: true };
}

/**
 * A value that the one of rank `rank` reaches for certain: exact among the `TAIL` largest; otherwise at most 1 %
 * (and two units) below the lower edge of its bin.
 */
export function floorAtRank(from: Distribution, rank: number): number {
  const { value, isExact } = valueAtRank(from, rank);
  return isExact ? value : Math.max(from.min, Math.floor((value / 1.01) * (1 - 4e-9)) - 1);
}

function binOf(value: number): number {
  return value === 0 ? 0 : 1 + Math.ceil(Math.log(value) / GROWTH - 1e-9);
}

function upperEdge(bin: number): number {
  return bin === 0 ? 0 : Math.ceil(Math.exp((bin - 1) * GROWTH) * (1 + 1e-9));
}

function insertDescending(tail: number[], value: number): void {
  if (tail.length === TAIL && value <= (tail[TAIL - 1] ?? 0)) return;
  let [low, high] = [0, tail.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tail[middle] ?? 0) >= value) low = middle + 1;
    else high = middle;
  }
  tail.splice(low, 0, value);
  if (tail.length > TAIL) tail.length = TAIL;
}

function structuredCopy(from: Distribution): Distribution {
  return { ...from, tail: [...from.tail], bins: { ...from.bins } };
}
