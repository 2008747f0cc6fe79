import { round12 } from '../units.ts';

const PERCENTILES = [
  { name: 'p50', q: 0.5 },
  { name: 'p90', q: 0.9 },
  { name: 'p95', q: 0.95 },
  { name: 'p99', q: 0.99 },
] as const;

/** The largest of all, for checks that limit it too. */
const MAXIMUM = { name: 'max', q: 1 } as const;

type Limitable = (typeof PERCENTILES)[number] | typeof MAXIMUM;

/** Limits by the name of what they limit; undefined = not limited. */
export type PercentileLimits = Readonly<Partial<Record<Limitable['name'], number | undefined>>>;

/** How a check writes limits on percentiles in its short form. */
export interface PercentileForm {
  readonly hasMaximum: boolean;
  /** What a limit is, in words: `a duration in ms or s`. */
  readonly value: string;
  /** Unit as written → units of the limit; the empty text stands for a number alone. */
  readonly units: Readonly<Record<string, number>>;
  /** The least limit that is accepted; the greatest is the largest safe integer. */
  readonly least: number;
  /** One that is accepted, such as `p(95)<8000ms`. */
  readonly example: string;
}

/** What can be limited. */
export function limitable({ hasMaximum }: Pick<PercentileForm, 'hasMaximum'>): readonly Limitable[] {
  return hasMaximum ? [...PERCENTILES, MAXIMUM] : PERCENTILES;
}

/**
 * Reads `p(50)<2s, p(95)<8000ms`. `<` and `<=` both mean "at or under": the next float below a limit is no requirement
 * that anybody has.
 * @throws RangeError naming what was expected, also for a percentile given twice
 */
export function parsePercentiles(text: string, form: PercentileForm): Partial<Record<Limitable['name'], number>> {
  const limits: Partial<Record<Limitable['name'], number>> = {};
  for (const part of text.trim().split(/\s*,\s*|\s+and\s+/)) {
    const { name, limit } = parsePart(part, form);
    if (name === undefined) throw new RangeError(`expected ${describe(form)}; got ${JSON.stringify(part)}`);
    if (limits[name] !== undefined) throw new RangeError(`expected each percentile once; got ${JSON.stringify(text)}`);
    limits[name] = limit;
  }
  return limits;
}

function parsePart(part: string, form: PercentileForm) {
  const [, percentile, value, unit = ''] = /^(p\(\d+\)|max)\s*<=?\s*(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(part) ?? [];
  const name = limitable(form).find((known) => known.name === percentile?.replace(/[()]/g, ''))?.name;
  const factor = Object.hasOwn(form.units, unit) ? form.units[unit] : undefined;
  const limit = round12(Number(value) * (factor ?? Number.NaN));
  return limit >= form.least && limit <= Number.MAX_SAFE_INTEGER ? { name, limit } : { name: undefined, limit };
}

function describe({ hasMaximum, value, example }: PercentileForm): string {
  const names = hasMaximum ? 'p(50), p(90), p(95), p(99) or max' : 'p(50), p(90), p(95) or p(99)';
  return `${names}, then < and ${value}, such as ${example}; several joined by a comma or "and"`;
}
