import type { Span } from './module-facts.ts';

/** Spans of one syntax tree: any two are apart or one is within the other. */
export interface SpanSet<S extends Span> {
  /** Whether one of them holds all of `inner`, which comes from the same tree. */
  encloses(inner: Span): boolean;
  /** The first of them that begins within `outer`. */
  firstIn(outer: Span): S | undefined;
  /** All of them that begin within `outer`. */
  allIn(outer: Span): readonly S[];
  /** The last of them that begins before `inner` or with it, if it holds all of it. */
  lastAround(inner: Span): S | undefined;
}

export function spanSet<S extends Span>(spans: readonly S[]): SpanSet<S> {
  const sorted = spans.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const outermost: Span[] = [];
  for (const span of sorted) if (span.from >= (outermost.at(-1)?.to ?? 0)) outermost.push(span);
  return {
    encloses({ from, to }) {
      const outer = outermost[countBefore(outermost, from + 1) - 1];
      return outer !== undefined && outer.to >= to;
    },
    firstIn({ from, to }) {
      const span = sorted[countBefore(sorted, from)];
      return span !== undefined && span.from < to ? span : undefined;
    },
    allIn({ from, to }) {
      return sorted.slice(countBefore(sorted, from), countBefore(sorted, to));
    },
    lastAround({ from, to }) {
      const span = sorted[countBefore(sorted, from + 1) - 1];
      return span !== undefined && span.to >= to ? span : undefined;
    },
  };
}

/** How many begin before `at`. */
function countBefore(sorted: readonly Span[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.from ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
