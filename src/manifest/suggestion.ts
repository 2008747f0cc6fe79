/** The candidate that a typo or an abbreviation most likely meant, or undefined when none is near. */
export function closest(typed: string, candidates: readonly string[]): string | undefined {
  const abbreviated = typed.length >= 3 && candidates.find((candidate) => candidate.startsWith(typed));
  if (abbreviated) return abbreviated;
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distanceUpTo(typed, candidate, tolerance(candidate)) }))
    .filter(({ candidate, distance }) => distance <= tolerance(candidate))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Edits that still count as a typo: two, or a third of a longer word. */
function tolerance(candidate: string): number {
  return Math.max(2, Math.ceil(candidate.length / 3));
}

/** Levenshtein distance, letter case aside; anything above `limit` may come back as infinity, to bound the work. */
function distanceUpTo(typed: string, candidate: string, limit: number): number {
  if (Math.abs(typed.length - candidate.length) > limit) return Number.POSITIVE_INFINITY;
  const [a, b] = [typed.toLowerCase(), candidate.toLowerCase()];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? Number.POSITIVE_INFINITY;
}
