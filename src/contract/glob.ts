/**
 * A glob that reads a path one folder at a time: `**` stands for any number of whole segments, `*` and `?` for
 * characters within one, everything else for itself. Names that start with a dot are names like any other, because
 * they ship like any other. Time is linear in the path for a given glob, whatever it holds.
 */
export interface Glob {
  /** Nothing read yet. */
  readonly start: GlobState;
  /** The state after one more segment of the path. */
  advance(state: GlobState, segment: string): GlobState;
  /** Whether the path read so far matches. */
  isMatch(state: GlobState): boolean;
  /** Whether a path below the one read so far can match. */
  canGoOn(state: GlobState): boolean;
}

/** Whether a text is a glob and no plain path. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a glob matches a path with POSIX separators. */
export function matchesPath(pattern: string, path: string): boolean {
  const { start, advance, isMatch } = compileGlob(pattern);
  return isMatch(path.split('/').reduce(advance, start));
}

/** Indices of the parts of the glob that the next segment may meet; the number of parts stands for a match. */
export type GlobState = readonly number[];

export function compileGlob(pattern: string): Glob {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  const isDeep = (index: number) => parts[index] === '**';
  // `**` may stand for no segment at all: whoever waits for it also waits for what follows.
  const opened = (index: number): number[] => (isDeep(index) ? [index, ...opened(index + 1)] : [index]);
  const unique = (indices: readonly number[]) => [...new Set(indices.flatMap(opened))];
  return {
    start: unique([0]),
    advance: (state, segment) =>
      unique(
        state.flatMap((index) => {
          const part = parts[index];
          if (part === undefined) return [];
          if (part === '**') return [index];
          return matchesSegment(part, segment) ? [index + 1] : [];
        }),
      ),
    isMatch: (state) => state.includes(parts.length),
    canGoOn: (state) => state.some((index) => index < parts.length),
  };
}

/** Wildcards within one segment; on a mismatch only the last `*` takes one more character. */
function matchesSegment(part: string, segment: string): boolean {
  let [p, s, star, taken] = [0, 0, -1, 0];
  while (s < segment.length) {
    if (part[p] === '*') {
      star = p;
      taken = s;
      p += 1;
    } else if (p < part.length && (part[p] === '?' || part[p] === segment[s])) {
      p += 1;
      s += 1;
    } else if (star >= 0) {
      taken += 1;
      s = taken;
      p = star + 1;
    } else return false;
  }
  return /^\**$/.test(part.slice(p));
}
