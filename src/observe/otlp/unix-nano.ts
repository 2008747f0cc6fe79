/** Unix seconds of 2015-01-01 and 2101-01-01: a time outside was never a time (GenAI spans are younger than that). */
const EARLIEST_SECONDS = 1_420_070_400;
const LATEST_SECONDS = 4_133_980_800;
const NANO_DIGITS = 9;

/** The times of a span. */
export interface SpanTimes {
  /**
   * Whole microseconds since 1970: exact in a double, which Unix nanoseconds are not, and fine enough to order steps by.
   * Undefined = not recorded or impossible (zero, negative, absurd).
   */
  readonly startUs: number | undefined;
  /** Exact below 104 days; negative when the clock ran backwards; undefined without both times. */
  readonly durationNs: number | undefined;
}

const NO_TIMES: SpanTimes = { startUs: undefined, durationNs: undefined };

/** Reads two `timeUnixNano`, decimal strings or numbers. */
export function spanTimes(start: unknown, end: unknown): SpanTimes {
  const [from, to] = [secondsOf(start), secondsOf(end)];
  if (!isTime(from)) return NO_TIMES;
  const nanos = nanosOf(start);
  if (Number.isNaN(nanos)) return NO_TIMES;
  const startUs = from * 1e6 + Math.floor(nanos / 1e3);
  const durationNs = isTime(to) ? (to - from) * 1e9 + (nanosOf(end) - nanos) : Number.NaN;
  return { startUs, durationNs: Number.isNaN(durationNs) ? undefined : durationNs };
}

function isTime(seconds: number): boolean {
  return seconds >= EARLIEST_SECONDS && seconds < LATEST_SECONDS;
}

/** NaN for what is no time. */
function secondsOf(time: unknown): number {
  if (typeof time === 'number') return Math.floor(time / 1e9);
  if (typeof time !== 'string' || time.length <= NANO_DIGITS) return Number.NaN;
  return digits(time, 0, time.length - NANO_DIGITS);
}

/** The nanoseconds within the second. */
function nanosOf(time: unknown): number {
  if (typeof time === 'number') return time - Math.floor(time / 1e9) * 1e9;
  return typeof time === 'string' ? digits(time, time.length - NANO_DIGITS, time.length) : Number.NaN;
}

/** The number these digits write; NaN where one is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
