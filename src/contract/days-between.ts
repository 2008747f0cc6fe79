const MS_PER_DAY = 86_400_000;

/** Days between two ISO dates or date-times, below 0 when `to` is earlier; the time of day is left out. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / MS_PER_DAY);
}
