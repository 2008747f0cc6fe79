/** Unix seconds of 2015 and 2101: a time outside was never a time of an AI workload. */
const EARLIEST = 1_420_070_400;
const LATEST = 4_133_980_800;

/** Units in which epoch times are written, as parts of a second. */
const PER_SECOND = [1, 1e3, 1e6, 1e9] as const;

/**
 * Unix ms of a time as records write it: ISO 8601 (without a zone it is taken as UTC, because only differences count),
 * the same with a space, or a number since 1970 in seconds, ms, µs or ns, which the magnitude tells. Undefined for
 * everything else, and for times that cannot be.
 */
export function timeMs(value: unknown): number | undefined {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return epochMs(Number(text));
  const [, day, time, fraction = '', zone = 'Z'] = ISO.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const whole = Date.parse(`${day}T${time}${zone === 'Z' ? 'Z' : withColon(zone)}`);
  if (!Number.isFinite(whole) || !isDay(day)) return undefined;
  // Date.parse keeps three digits of a second; records have up to nine.
  const ms = whole + Number(`0${fraction || '.0'}`) * 1e3;
  return ms / 1e3 >= EARLIEST && ms / 1e3 < LATEST ? ms : undefined;
}

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** Date.parse takes the 31st of February for a day in March. */
function isDay(day: string): boolean {
  return day.slice(8) <= '28' || new Date(`${day}T00:00:00Z`).getUTCDate() === Number(day.slice(8));
}

function withColon(zone: string): string {
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

function epochMs(value: number): number | undefined {
  const per = PER_SECOND.find((unit) => value / unit >= EARLIEST && value / unit < LATEST);
  return per === undefined ? undefined : (value / per) * 1e3;
}

/** A duration as ms, where a record gives one as a number of ms or of seconds. Negative and absurd ones are none. */
export function durationOf(value: unknown, unit: 'ms' | 's'): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
  return unit === 's' ? number * 1e3 : number;
}

/** From one Unix time in ms to another, to the microsecond: more than that a number of this size cannot tell. */
export function msBetween(startMs: number, endMs: number): number {
  return Math.round((endMs - startMs) * 1e3) / 1e3;
}
