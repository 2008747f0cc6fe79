import { describe, expect, it } from 'vitest';
import { occursIn, saidText } from './said-text.ts';

const occurs = (value: string, text: string) => occursIn(value, saidText(text));

describe('a value in a text', () => {
  it.each([
    ['1200.5', 'send 1,200.50 now'],
    ['1200.50', '1.200,50 EUR'],
    ['1200', 'about $1.2k'],
    ['1200', '1 200 EUR'],
    ['200', '100-200'],
    ['500', 'USD500'],
    ['20', '20kg'],
    ['77', 'order ORD-77'],
    ['12345678901234567', 'account 12345678901234567'],
    ['1.5', 'about 1.5 %, 2026-11-20'],
    ['12345678', 'account 1234 5678'],
    ['00012', 'order 00012'],
    ['ORD-77', 'cancel ord-77, please'],
    ['ORD-123456', 'ORD 123456'],
    ['gb33bukb20201555555555', 'GB33-BUKB-2020-1555-5555-55'],
    ['https://corp.io/x/', 'open corp.io/x'],
    ['corp.io', 'see https://corp.io/x?y=1'],
    ['bob@x.io', 'bob@x.io,anna@y.io'],
    ['Bob Miller', 'Pay  bob\nMILLER.'],
    ['C++', 'use C++ (C#)'],
    ['#88213', 'order 88213'],
    ['HAT136', 'flight HAT-136'],
    ['LH123', 'flight LH 123'],
    ['HAT-136', 'flight HAT136'],
    ['5550102233', 'call (555) 010-2233'],
    ['1000000', '1 million'],
    ['0.15', '15% off'],
  ])('stands: %s in %s', (value, text) => expect(occurs(value, text)).toBe(true));

  it.each([
    ['12', 'in 2012'],
    ['20', 'on 2026-11-20, or 20/11/2026'],
    ['30', 'at 10:30'],
    ['2', 'the 2nd item'],
    ['12345678901234568', 'account 12345678901234567'],
    ['50', 'pay 0.50 EUR'],
    ['200', 'pay 1,200'],
    ['99', 'for 12.99'],
    ['-200', '100-200'],
    ['00012', 'the number 12'],
    ['12345678', '9912345678001'],
    ['56789012', '5678 / 9012'],
    ['ORD-77', 'ORD-77-B'],
    ['ORD-123456', 'ORD-1234567'],
    ['bob@corp.io', 'bob@corp.io.evil.net'],
    ['Anna', 'Anna-Maria'],
    ['', 'anything'],
    ['LH123', 'LH 1234'],
    ['LH123', 'BLH 123'],
    ['#', 'a # b'.replace('#', '')],
  ])('does not stand: %s in %s', (value, text) => expect(occurs(value, text)).toBe(false));
});

describe('the parts of a text', () => {
  it.each([
    ['Pay Zeta Inc. 200 EUR. Then rest.', ['Pay Zeta Inc. 200 EUR.', 'Then rest.']],
    ['approx. 200 to Bob', ['approx. 200 to Bob']],
    ['Pay Zeta\nonly once', ['Pay Zeta\nonly once']],
    ['- Pay Bob 1\n- Pay Ann 2', ['- Pay Bob 1', '- Pay Ann 2']],
    ['No. Pay Bob!', ['No.', 'Pay Bob!']],
  ])('of %j', (text, parts) => {
    expect(
      saidText(text)
        .units()
        .map((unit) => unit.text),
    ).toEqual(parts);
  });
});
