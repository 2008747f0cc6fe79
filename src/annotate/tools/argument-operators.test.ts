import { describe, expect, it } from 'vitest';
import type { ArgumentOperator } from '../../contract/tool-policy.ts';
import { compileOperator } from './argument-operators.ts';

const holds = async (rule: ArgumentOperator, value: unknown, args: unknown = {}) =>
  (await compileOperator(rule))(value, args);

describe('an operator', () => {
  it.each<[ArgumentOperator, unknown[], unknown[]]>([
    [{ op: 'in', values: ['EUR', 5, true] }, ['EUR', 5, '5', true], ['eur', '', null, {}, ['EUR'], undefined]],
    [
      { op: 'not_in', values: ['root'] },
      ['user', '', 1, 'roots'],
      ['root', 'Root', ' root', 'ro\u200bot', 'user,root', { name: 'root' }],
    ],
    [{ op: 'min', value: 1 }, [1, 1.5, '1', '2.0'], [0.999, '0', '1 EUR', '', NaN, null, true, '0x10', '1e3']],
    [{ op: 'max', value: 200 }, [200, -1, '200', '199.99'], [200.01, '200.01', Infinity, NaN, 'all', null, '']],
    [{ op: 'max_length', value: 2 }, ['', 'ab', [], [1, 2]], ['abc', [1, 2, 3], 12, null]],
    [{ op: 'matches', value: 'A|B+' }, ['A', 'BB'], ['AB', 'xA', 'A\n', '', null]],
    [{ op: 'matches', value: '\\d{3}' }, ['123', 123], ['1234', 'a123']],
    [{ op: 'sql', value: 'read_only' }, ['SELECT 1'], ['DROP TABLE x', 1, `SELECT 1 ${' '.repeat(100_001)}`]],
  ])('%j judges values at the limit and just over', async (rule, good, bad) => {
    for (const value of good) expect(await holds(rule, value), JSON.stringify(value)).toBe(true);
    for (const value of bad) expect(await holds(rule, value), JSON.stringify(value)).toBe(false);
  });

  it('same_as compares with another argument, which must be there', async () => {
    const rule = { op: 'same_as', value: 'order.id' } as const;
    expect(await holds(rule, 'o1', { order: { id: 'o1' } })).toBe(true);
    expect(await holds(rule, 'o1', { order: { id: 'o2' } })).toBe(false);
    expect(await holds(rule, 'o1', { order: {} })).toBe(false);
  });

  it('refuses a pattern that needs look-around, and takes linear time for one that backtracks elsewhere', async () => {
    await expect(compileOperator({ op: 'matches', value: '(?=a)b' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect(await holds({ op: 'matches', value: '(a+)+' }, `${'a'.repeat(50_000)}b`)).toBe(false);
  });
});

describe('email_domain', () => {
  const rule = { op: 'email_domain', values: ['Corp.example', '@partner.example'] } as const;
  it.each([
    ...['a@corp.example', 'A.B+c@CORP.EXAMPLE', 'b@partner.example', 'Ann <a@corp.example>', ' a@corp.example '],
    'a@corp.example, b@partner.example',
    '"Lee, Ann" <a@corp.example>; b@corp.example',
  ])('holds of %s', async (address) => expect(await holds(rule, address)).toBe(true));
  it.each([
    'a@evil.example',
    'a@sub.corp.example',
    'a@corp.example.evil.example',
    'a@evil.example,b@corp.example',
    'b@corp.example, Ann <a@evil.example>',
    'write to a@corp.example',
    'Lee, Ann <a@corp.example>',
    '"a@corp.example',
    '',
    'a@evil.example b@corp.example',
    'a@evil.example\nb@corp.example',
    'corp.example',
    '@corp.example',
    'a@b@corp.example',
    '<a@evil.example> a@corp.example',
    'a@corp.example>',
    7,
  ])('does not hold of %j', async (address) => expect(await holds(rule, address)).toBe(false));
});

describe('url_host', () => {
  const rule = { op: 'url_host', values: ['docs.example', '*.api.example'] } as const;
  it.each([
    'https://docs.example/x?y',
    'http://DOCS.example:8080',
    'https://docs.example./',
    'https://eu.api.example/',
  ])('holds of %s', async (url) => expect(await holds(rule, url)).toBe(true));
  it.each([
    'https://docs.example@evil.example/',
    'https://evil.example/docs.example',
    'https://docs.example.evil.example',
    'https://api.example/',
    'https://evilapi.example/',
    'ftp://docs.example/',
    'javascript:alert(1)//docs.example',
    'docs.example',
    'https:\\\\evil.example\\docs.example',
    ' https://evil.example',
    'https://docs.example\t.evil.example',
    '',
    null,
  ])('does not hold of %j', async (url) => expect(await holds(rule, url)).toBe(false));
});

describe('path_under', () => {
  const rule = { op: 'path_under', values: ['/srv/data', 'out'] } as const;
  it.each(['/srv/data', '/srv/data/a/b.txt', '/srv/./data//x', 'out/x', './out/x'])('holds of %s', async (path) =>
    expect(await holds(rule, path)).toBe(true),
  );
  it.each([
    '/srv/data/../secret',
    '/srv/database',
    '/srv',
    'srv/data',
    '/out/x',
    '~/out',
    '/srv/data/%2e%2e/x',
    '/srv\\data',
    '/srv/data\0',
    '/srv/data/x\n/etc/passwd',
    '',
    ['/srv/data'],
  ])('does not hold of %j', async (path) => expect(await holds(rule, path)).toBe(false));
});
