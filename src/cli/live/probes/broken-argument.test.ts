import { describe, expect, it } from 'vitest';
import type { ArgumentOperator } from '../../../contract/tool-policy.ts';
import { brokenArguments, hasArgument } from './broken-argument.ts';

const broken = (args: Record<string, unknown>, arg: string, rule: ArgumentOperator) =>
  brokenArguments({
    tool: 'pay',
    served: 'pay',
    isVerbatim: true,
    args,
    policy: { effect: 'write', approve: 'never', rules: [{ kind: 'argument', arg, ...rule }] },
  });
const brokenValue = async (...given: Parameters<typeof broken>) => (await broken(...given))[0]?.value;

describe('a value beyond a rule', () => {
  it.each<[unknown, ArgumentOperator, unknown]>([
    [10, { op: 'max', value: 500 }, 501],
    ['10', { op: 'max', value: 500 }, '501'],
    [10, { op: 'min', value: 5 }, 4],
    ['eur', { op: 'in', values: ['eur', 'usd'] }, 'eur-probe'],
    [3, { op: 'in', values: [3, 4] }, -4],
    ['a', { op: 'not_in', values: ['root'] }, 'root'],
    ['abc', { op: 'max_length', value: 5 }, 'abcxxx'],
    [[1], { op: 'max_length', value: 2 }, [1, 1, 1]],
    ['a@b.example', { op: 'email_domain', values: ['b.example'] }, 'probe@aigate-probe.invalid'],
    ['https://b.example/', { op: 'url_host', values: ['b.example'] }, 'https://aigate-probe.invalid/'],
    ['/data/x', { op: 'path_under', values: ['/data'] }, '/data/x/../../../../../../aigate-probe.invalid'],
    ['SELECT 1', { op: 'sql', value: 'read_only' }, 'DELETE FROM aigate_probe'],
    ['ORD-1', { op: 'matches', value: 'ORD-\\d+' }, 'ORD-1-probe'],
  ])('is made of %j for %j', async (own, rule, value) => {
    expect(await brokenValue({ x: own }, 'x', rule)).toEqual(value);
    expect(await brokenValue({ deep: { x: own } }, 'deep.x', rule)).toEqual(value);
  });

  it('is not made where nothing breaks the rule, the argument is absent or its path leads to several places', async () => {
    expect(await broken({ x: 'a' }, 'x', { op: 'matches', value: '.*' })).toEqual([]);
    expect(await broken({ y: 1 }, 'x', { op: 'max', value: 5 })).toEqual([]);
    expect(await broken({ items: [{ x: 1 }] }, 'items.*.x', { op: 'max', value: 5 })).toEqual([]);
  });

  it('is not made where the tool gets other arguments than the model wrote', async () => {
    const policy = {
      effect: 'write',
      approve: 'never',
      rules: [{ kind: 'argument', arg: 'x', op: 'max', value: 5 }],
    } as const;
    const call = { tool: 'pay', served: 'pay', policy, args: { x: 1 } };
    expect(await brokenArguments({ ...call, isVerbatim: false })).toEqual([]);
    expect(await brokenArguments({ ...call, isVerbatim: true })).toHaveLength(1);
  });

  it('is known again in its place only', () => {
    expect(hasArgument({ a: { b: 501 } }, { arg: 'a.b', value: 501 })).toBe(true);
    expect(hasArgument({ a: { b: 500 } }, { arg: 'a.b', value: 501 })).toBe(false);
    expect(hasArgument({ c: 501 }, { arg: 'a.b', value: 501 })).toBe(false);
  });
});
