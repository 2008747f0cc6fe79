/** A day as a text names it, however it is written: month and day `MM-DD`, and the year where it is said. */
interface SaidDay {
  readonly day: string;
  readonly year: string | undefined;
}

/** What a text says of days and times of day. */
export interface SaidDates {
  readonly days: readonly SaidDay[];
  /** `HH:MM` of 24 hours; a time without am or pm may be either. */
  readonly times: ReadonlySet<string>;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = '(?:,?\\s+(\\d{4})(?!\\d))?';

const YEAR_FIRST = /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g;
const YEAR_LAST = /(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/g;
const DAY_MONTH = new RegExp(`(?<![\\d.:])(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?${MONTH}(?![a-z])${YEAR}`, 'gi');
const MONTH_DAY = new RegExp(`(?<![a-z])${MONTH}\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])${YEAR}`, 'gi');

/** The other end of a span of days within a month. */
const MONTH_SPAN = new RegExp(
  `(?<![a-z])${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?\\s*(?:[-–]|to|until|through)\\s*(\\d{1,2})(?![\\d:])`,
  'gi',
);
const SPAN_MONTH = new RegExp(
  `(?<![\\d.:])(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s*(?:[-–]|to|until|through)\\s*\\d{1,2}(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?${MONTH}(?![a-z])`,
  'gi',
);

const CLOCK = /(?<![\d:.])(\d{1,2})[:.h](\d{2})(?::\d{2})?(?!\d)(?:\s*([ap])\.?m\b)?/gi;
const HOUR = /(?<![\d:.])(\d{1,2})\s*([ap])\.?m\b/gi;
const BARE_HOUR = /(?<![a-z])at\s+(\d{1,2})(?![\d:.\s]*\s*[ap]\.?m\b)(?![\d:.]\d)/gi;

/** Days that a reader of the text knows and a judge of the recording does not. */
const RELATIVE_DAY =
  /(?<![a-z])(?:today|tonight|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:next|this|coming|following)\s+(?:week|month|weekend|year)|in\s+\S{1,12}\s+(?:days?|weeks?|months?)|the\s+\d{1,2}(?:st|nd|rd|th)(?!\s+of)|now|asap)(?![a-z])/i;

export function datesIn(text: string): SaidDates {
  return { days: daysIn(text), times: timesIn(text) };
}

export function saysRelativeDay(text: string): boolean {
  return RELATIVE_DAY.test(text);
}

function daysIn(text: string): readonly SaidDay[] {
  const days: SaidDay[] = [];
  const add = (month: number, day: number, year: string | undefined) => {
    if (month < 1 || month > 12 || day < 1 || day > 31) return;
    days.push({ day: `${two(month)}-${two(day)}`, year: year?.length === 2 ? `20${year}` : year });
  };
  for (const [, year, , month, day] of text.matchAll(YEAR_FIRST)) add(Number(month), Number(day), year);
  for (const [, first, , second, year] of text.matchAll(YEAR_LAST)) {
    // Which of both is the month depends on where the writer lives.
    add(Number(first), Number(second), year);
    add(Number(second), Number(first), year);
  }
  for (const [, day, month, year] of text.matchAll(DAY_MONTH)) add(monthOf(month), Number(day), year);
  for (const [, month, day, year] of text.matchAll(MONTH_DAY)) add(monthOf(month), Number(day), year);
  for (const [, month, day] of text.matchAll(MONTH_SPAN)) add(monthOf(month), Number(day), undefined);
  for (const [, day, month] of text.matchAll(SPAN_MONTH)) add(monthOf(month), Number(day), undefined);
  return days;
}

function timesIn(text: string): ReadonlySet<string> {
  const times = new Set<string>();
  const add = (hour: number, minutes: string, half: string | undefined) => {
    const either = hour > 12 ? [hour] : [hour, (hour + 12) % 24];
    const hours = half === undefined ? either : [(hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)];
    for (const each of hours) if (each < 24) times.add(`${two(each)}:${minutes}`);
  };
  for (const [, hour, minutes = '', half] of text.matchAll(CLOCK)) add(Number(hour), minutes, half);
  for (const [, hour, half] of text.matchAll(HOUR)) add(Number(hour), '00', half);
  for (const [, hour] of text.matchAll(BARE_HOUR)) add(Number(hour), '00', undefined);
  if (/(?<![a-z])(?:noon|midday)(?![a-z])/i.test(text)) times.add('12:00');
  if (/(?<![a-z])midnight(?![a-z])/i.test(text)) times.add('00:00');
  return times;
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

const ISO_DATE = /^(\d{4}-\d{2}-\d{2})(?:[t ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s?(z|[+-]\d{2}:?\d{2})?)?$/i;
/** A time of a day, and a day in words or figures, with nothing beside them. */
const TIME_ALONE = /^\d{1,2}(?::\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?|\s?[ap]\.?m\.?)$/i;
const DAY_ALONE = new RegExp(
  `^(?:\\d{1,4}([-/.])\\d{1,2}\\1\\d{1,4}|\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}(?:,?\\s+\\d{4})?|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?)$`,
  'i',
);

/** Whether a value is a day, a time of a day, or both as programs write them. */
export function isDateOrTime(value: string): boolean {
  return ISO_DATE.test(value) || TIME_ALONE.test(value) || DAY_ALONE.test(value);
}

/**
 * Whether a text names the day and the time of a value, in any notation. A year that the text leaves open is taken to be
 * the value's; midnight is no time; a time of a stated zone is not compared, because the text may speak of another.
 */
export function namesDate(value: string, said: SaidDates): boolean {
  if (/^\d{2}:\d{2}(?::\d{2})?$/.test(value)) return said.times.has(value.slice(0, 5));
  if (TIME_ALONE.test(value)) return [...timesIn(value)].some((time) => said.times.has(time));
  const [, date = value, time, zone] = ISO_DATE.exec(value) ?? [];
  const isSaid = ({ day, year }: SaidDay) =>
    said.days.some((found) => found.day === day && (found.year ?? year) === (year ?? found.year));
  if (!daysIn(date).some(isSaid)) return false;
  return time === undefined || time === '00:00' || zone !== undefined || said.times.has(time);
}
