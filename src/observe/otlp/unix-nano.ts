/** Unix seconds of 2015-01-01 and 2101-01-01: a time outside was never a time (GenAI spans are younger than that). */
const EARLIEST_SECONDS = 1_420_070_400;
const LATEST_SECONDS = 4_133_980_800;
const NANO_DIGITS = 9;

/** An instant as whole seconds and nanoseconds, because a double cannot hold Unix nanoseconds. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

/** Reads `timeUnixNano`, a decimal string or number. Undefined = not recorded or impossible (zero, negative, absurd). */
export function instantOf(value: unknown): Instant | undefined {
  let seconds = 0;
  let nanos = 0;
  if (typeof value === 'string') {
    const split = value.length - NANO_DIGITS;
    if (split < 1) return undefined;
    seconds = digits(value, 0, split);
    nanos = digits(value, split, value.length);
  } else if (typeof value === 'number') {
    seconds = Math.floor(value / 1e9);
    nanos = value - seconds * 1e9;
  }
  return seconds >= EARLIEST_SECONDS && seconds < LATEST_SECONDS && nanos >= 0 ? { seconds, nanos } : undefined;
}

/** Whole microseconds since 1970: exact in a double, and fine enough to order steps by. */
export function microsOf({ seconds, nanos }: Instant): number {
  return seconds * 1e6 + Math.floor(nanos / 1e3);
}

/** From `start` to `end` in ns, exact below 104 days; negative when the clock ran backwards. */
export function nanosBetween(start: Instant, end: Instant): number {
  return (end.seconds - start.seconds) * 1e9 + (end.nanos - start.nanos);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
