import { describe, expect, it } from 'vitest';
import { datesIn, isDateOrTime, namesDate, saysRelativeDay } from './said-dates.ts';

const isNamed = (value: string, text: string) => isDateOrTime(value) && namesDate(value, datesIn(text));

describe('a date or time of an argument', () => {
  it.each([
    ['2026-05-05', 'on 5 May 2026'],
    ['2026-05-05', 'on May 5th, 2026, please'],
    ['2026-05-05', 'the 5th of May'],
    ['2026-05-17', 'May 15-17'],
    ['2026-05-17', 'from May 15 to 17'],
    ['2026-05-15', '15 to 17 May'],
    ['2026-05-05', 'due 05/05/2026'],
    ['2026-05-06', 'due 06.05.2026'],
    ['2026-05-06', 'due 5/6/26'],
    ['2026-05-06', '2026/5/6'],
    ['2026-12-31', 'Dec. 31'],
    ['2026-09-01', '1 Sept 2026'],
    ['2026-05-05T19:30:00', 'Dinner on 5 May 2026 at 19:30'],
    ['2026-05-05T19:30:00', 'Dinner on 5 May 2026 at 19:30 at the port'],
    ['2026-05-05T19:30', 'May 5 at 7:30 pm'],
    ['2026-05-05 19:30:00', 'May 5, 7.30 p.m.'],
    ['2026-05-05T19:00:00', 'May 5 at 7'],
    ['2026-05-05T12:00:00', 'May 5 at noon'],
    ['2026-05-05T00:00:00', 'May 5'],
    ['2026-05-05T17:30:00Z', 'May 5 at 19:30'],
    ['2026-05-05t17:30:00+02:00', 'May 5 at 17:30'],
    ['19:30', 'at 7:30pm'],
    ['9:05', 'at 09:05'],
    ['00:00', 'at midnight'],
    ['06/14/2025', 'on June 14, 2025'],
    ['14 June 2025', 'on 2025-06-14'],
    ['june 14', 'on 2025-06-14'],
    ['may 5', 'may 5'],
    ['3:00 pm', 'at 3pm'],
    ['3 pm', 'at 15:00'],
  ])('%s is named by: %s', (value, text) => expect(isNamed(value, text)).toBe(true));

  it.each([
    ['2026-05-05', 'on 6 May 2026'],
    ['2026-05-05', 'on 5 May 2025'],
    ['2026-05-05', 'on 5 June 2026'],
    ['2026-05-05', '5 marketing mails'],
    ['2026-05-05', 'version 5.5.20260'],
    ['2026-05-06', 'May 5, 7 of 6'],
    ['2026-05-05T19:30:00', 'Dinner on 5 May 2026'],
    ['2026-05-05T19:30:00', 'May 5 at 7:30 am'],
    ['2026-05-05T19:30:00', 'at 19:30'],
    ['19:30', 'room 1930'],
    ['19:00', 'at 7 am'],
    ['07:30', 'at 19:30'],
    ['2026-13-45', '2026-13-45'],
    ['06/14/2025', 'on June 15, 2025'],
    ['june 14, 2024', 'on 2025-06-14'],
    ['3:00 pm', 'at 3 am'],
    ['in 3 months', '3 March'],
  ])('%s is not named by: %s', (value, text) => expect(isNamed(value, text)).toBe(false));

  it.each(['tomorrow', 'next week', 'on Tuesday', 'in 3 days', 'on the 5th'])('may be meant by %s', (text) =>
    expect(saysRelativeDay(text)).toBe(true),
  );

  it('is meant by no text without a day', () => expect(saysRelativeDay('the mondays of sundry notes')).toBe(false));

  it('is looked for in time that grows with the length of the text', () => {
    for (const text of ['5 may '.repeat(20_000), '1'.repeat(100_000), '1.'.repeat(50_000), 'at 1 '.repeat(30_000)]) {
      expect(datesIn(text).days.length).toBeLessThan(100_000);
    }
  });
});
