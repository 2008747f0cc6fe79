import { round12 } from '../../src/contract/units.ts';

/** The percentiles that can be limited. */
export const PERCENTILES = [
  { name: 'p50', q: 0.5 },
  { name: 'p90', q: 0.9 },
  { name: 'p95', q: 0.95 },
  { name: 'p99', q: 0.99 },
] as const;

type LimitsMs = Partial<Record<(typeof PERCENTILES)[number]['name'], number>>;

const EXPECTED =
  'p(50), p(90), p(95) or p(99), then < and a duration in ms or s, such as p(95)<8000ms; several joined by a comma or "and"';

/**
 * Reads `p(50)<2s, p(95)<8000ms`. `<` and `<=` both mean "at or under": the next float below a limit is no
 * requirement that anybody has.
 * @throws RangeError naming what was expected, also for a percentile given twice
 */
export function parsePercentiles(text: string): LimitsMs {
  const limits: LimitsMs = {};
  for (const part of text.trim().split(/\s*,\s*|\s+and\s+/)) {
    const [, digits, value, unit] = /^p\((50|90|95|99)\)\s*<=?\s*(\d+(?:\.\d+)?)\s*(ms|s)$/.exec(part) ?? [];
    const limitMs = round12(Number(value) * (unit === 's' ? 1_000 : 1));
    const name = PERCENTILES.find((percentile) => percentile.name === `p${digits}`)?.name;
    if (name === undefined || !(limitMs >= 1 && limitMs <= Number.MAX_SAFE_INTEGER)) {
      throw new RangeError(`expected ${EXPECTED}; got ${JSON.stringify(part)}`);
    }
    if (limits[name] !== undefined) throw new RangeError(`expected each percentile once; got ${JSON.stringify(text)}`);
    limits[name] = limitMs;
  }
  return limits;
}
