import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToolRule } from '../../contract/tool-policy.ts';
import { compileArgumentRules } from './assess-arguments.ts';

const assess = (...rules: ToolRule[]) =>
  compileArgumentRules({
    pay: { effect: 'irreversible', approve: 'always', rules },
    look: { effect: 'read', approve: 'never' },
  });
const max = (arg: string, value: number): ToolRule => ({ kind: 'argument', arg, op: 'max', value });
const facts = async (args: string | undefined, ...rules: ToolRule[]) => (await assess(...rules))('pay', args);

describe('the facts of a call', () => {
  it('are one for each rule, in their order', async () => {
    const currency: ToolRule = { kind: 'argument', arg: 'currency', op: 'in', values: ['EUR'] };
    const args = '{"amount":201,"currency":"EUR"}';
    expect(await facts(args, max('amount', 200), currency, max('fee', 1))).toBe('01-');
  });

  it('are none for a tool without rules, an undeclared tool and one without a name', async () => {
    const judge = await assess(max('amount', 200));
    for (const tool of ['look', 'other', 'constructor', undefined]) expect(judge(tool, '{}')).toBeUndefined();
    expect((await compileArgumentRules('none'))('pay', '{}')).toBeUndefined();
    expect((await compileArgumentRules(undefined))('pay', '{}')).toBeUndefined();
  });

  it('are unknown where arguments are not recorded, and where only the whole run shows them', async () => {
    const whole: ToolRule[] = [
      { kind: 'provenance', arg: 'to', from: [{ type: 'user' }], beside: [] },
      { kind: 'destinations', except: [] },
      { kind: 'same-as-call', arg: 'id', tool: 'look', other: 'id' },
      { kind: 'confirmed' },
      { kind: 'when', expression: "prev.exists(p, p.tool == 'look')" },
    ];
    expect(await facts(undefined, max('amount', 200))).toBe('?');
    expect(await facts('{"to":"x","id":1}', ...whole)).toBe('?????');
  });

  it.each<[string, string]>([
    ['{"items":[{"price":1},{"price":2}]}', '1'],
    ['{"items":[{"price":1},{"price":3}]}', '0'],
    ['{"items":[]}', '-'],
    ['{"items.*.price":9}', '0'],
    ['{"items":{"a":{"price":1}}}', '1'],
    ['[1]', '?'],
    ['"text"', '?'],
    ['"{\\"items\\":[{\\"price\\":3}]}"', '0'],
    ['{"items":[{"price":null}]}', '-'],
    ['null', '-'],
    ['', '-'],
  ])('follow a path through lists and objects: %s', async (args, fact) => {
    expect(await facts(args, max('items.*.price', 2))).toBe(fact);
  });

  it('judge every element of a list, however it is nested', async () => {
    const rule: ToolRule = { kind: 'argument', arg: 'to', op: 'email_domain', values: ['corp.example'] };
    expect(await facts('{"to":["a@corp.example","b@corp.example"]}', rule)).toBe('1');
    expect(await facts('{"to":["a@corp.example",["b@evil.example"]]}', rule)).toBe('0');
    expect(await facts('{"to":[]}', rule)).toBe('-');
  });

  it('do not know of arguments that are no JSON, which meet no schema either', async () => {
    const schema: ToolRule = {
      kind: 'schema',
      schema: { type: 'object', additionalProperties: false, properties: { a: {} } },
    };
    expect(await facts('{"a":', max('a', 1), schema)).toBe('?0');
    expect(await facts('{"a":1}', max('a', 1), schema)).toBe('11');
    expect(await facts('{"a":1,"extra":1}', max('a', 1), schema)).toBe('10');
  });

  it('say of an expression whether it is true, and that it failed where it could not be computed', async () => {
    const when = (expression: string): ToolRule => ({ kind: 'when', expression });
    const rules = [
      when('call.args.amount <= 100'),
      when('call.args.missing > 1'),
      when("call.tool == 'pay'"),
      when('call.args.amount'),
    ];
    expect(await facts('{"amount":100}', ...rules)).toBe('1e1e');
    expect(await facts('{"amount":100.5}', ...rules)).toBe('0e1e');
    expect(await facts('{"amount"', ...rules)).toBe('eeee');
  });

  it.each([
    [{ kind: 'when', expression: 'call.args.amount >' }],
    [{ kind: 'when', expression: 'nobody == 1' }],
    [{ kind: 'when', expression: "call.args.to.matches('(a+)+')" }],
    [{ kind: 'schema', schema: { type: 'nothing' } }],
    [{ kind: 'schema', schema: 7 }],
  ] as ToolRule[][])('are not asked of a rule that does not compile: %j', async (rule) => {
    await expect(assess(...[rule].flat())).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  it('are as many as there are rules whatever the arguments are', async () => {
    const schema: ToolRule = { kind: 'schema', schema: { type: 'object' } };
    const judge = await assess(max('a', 1), schema, { kind: 'when', expression: 'call.args.a == 1' });
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (args) => {
        expect(judge('pay', args)).toMatch(/^[01\-?e]{3}$/);
      }),
    );
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(judge('pay', `{"a":${deep}}`)).toMatch(/^[01\-?e]{3}$/);
  });
});
