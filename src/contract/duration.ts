const MS_PER: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A whole number above zero with its unit. Seven digits keep every duration an exact number of ms. */
export const DURATION = /^[1-9]\d{0,6}(?:ms|s|m|h|d)$/;

/** ms of a text that `DURATION` accepts. */
export function durationMs(text: string): number {
  const [, amount, unit = ''] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  return Number(amount) * (MS_PER[unit] ?? Number.NaN);
}
