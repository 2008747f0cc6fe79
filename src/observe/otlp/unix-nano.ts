/** Unix seconds of 2015-01-01 and 2101-01-01: a time outside was never a time (GenAI spans are younger than that). */
const EARLIEST_SECONDS = 1_420_070_400;
const LATEST_SECONDS = 4_133_980_800;
const NANO_DIGITS = 9;

/**
 * Whole microseconds since 1970 of a `timeUnixNano`, a decimal string or number: exact in a double, which Unix
 * nanoseconds are not, and fine enough to order steps by. Undefined = not recorded or impossible (zero, negative, absurd).
 */
export function microsOf(time: unknown): number | undefined {
  const seconds = secondsOf(time);
  return isTime(seconds) ? seconds * 1e6 + Math.floor(nanosOf(time) / 1e3) : undefined;
}

/** From start to end in ns, exact below 104 days; negative when the clock ran backwards; undefined without both. */
export function nanosBetween(start: unknown, end: unknown): number | undefined {
  const [from, to] = [secondsOf(start), secondsOf(end)];
  return isTime(from) && isTime(to) ? (to - from) * 1e9 + (nanosOf(end) - nanosOf(start)) : undefined;
}

function isTime(seconds: number): boolean {
  return seconds >= EARLIEST_SECONDS && seconds < LATEST_SECONDS;
}

/** NaN for what is no time. */
function secondsOf(time: unknown): number {
  if (typeof time === 'number') return Math.floor(time / 1e9);
  if (typeof time !== 'string' || time.length <= NANO_DIGITS) return Number.NaN;
  const split = time.length - NANO_DIGITS;
  return digits(time, split, time.length) >= 0 ? digits(time, 0, split) : Number.NaN;
}

/** The nanoseconds within the second; only for what has seconds. */
function nanosOf(time: unknown): number {
  if (typeof time === 'number') return time - Math.floor(time / 1e9) * 1e9;
  return typeof time === 'string' ? digits(time, time.length - NANO_DIGITS, time.length) : 0;
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
