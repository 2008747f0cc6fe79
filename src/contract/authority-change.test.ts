import { describe, expect, it } from 'vitest';
import { authorityChanges } from './authority-change.ts';
import type { Flow, ToolPolicy, ToolRule } from './tool-policy.ts';

const max = (value: number): ToolRule => ({ kind: 'argument', arg: 'amount', op: 'max', value });
const min = (value: number): ToolRule => ({ kind: 'argument', arg: 'amount', op: 'min', value });
const oneOf = (...values: string[]): ToolRule => ({ kind: 'argument', arg: 'currency', op: 'in', values });
const noneOf = (...values: string[]): ToolRule => ({ kind: 'argument', arg: 'currency', op: 'not_in', values });
const tool = (...rules: ToolRule[]): ToolPolicy => ({ effect: 'write', approve: 'always', rules });
const flow = (calls: number): Flow => ({ type: 'at-most', id: 'few', calls, of: undefined, identical: false });

const changes = (before: ToolPolicy | undefined, after: ToolPolicy | undefined) =>
  authorityChanges(
    { tools: before === undefined ? {} : { pay: before } },
    { tools: after === undefined ? {} : { pay: after } },
  ).map(({ direction, what }) => `${direction} ${what}`);

describe('what an agent may do more or less', () => {
  it.each<[string, ToolPolicy | undefined, ToolPolicy | undefined, string[]]>([
    ['nothing where nothing changed', tool(max(1)), tool(max(1)), []],
    ['a new tool', undefined, tool(), ['gained may be called (write)']],
    ['a tool that is gone', tool(), undefined, ['lost may not be called any more']],
    ['a higher effect', tool(), { ...tool(), effect: 'irreversible' }, ['gained effect: write → irreversible']],
    ['a lower effect', tool(), { ...tool(), effect: 'read' }, ['lost effect: write → read']],
    ['a repetition', tool(), { ...tool(), idempotent: true }, ['gained may be called again']],
    ['no repetition', { ...tool(), idempotent: true }, tool(), ['lost may not be called again any more']],
    ['an approval less', tool(), { ...tool(), approve: 'never' }, ['gained approval: a human → none']],
    [
      'another approver',
      tool(),
      { ...tool(), approval: { by: 'user' } },
      ['changed approval: a human → the user’s yes'],
    ],
    ['a higher maximum', tool(max(1)), tool(max(2)), ['gained amount max: 1 → 2']],
    ['a lower maximum', tool(max(2)), tool(max(1)), ['lost amount max: 2 → 1']],
    ['a lower minimum', tool(min(2)), tool(min(1)), ['gained amount min: 2 → 1']],
    ['a value more', tool(oneOf('EUR')), tool(oneOf('EUR', 'USD')), ['gained currency in: EUR → EUR, USD']],
    ['a value less', tool(oneOf('EUR', 'USD')), tool(oneOf('EUR')), ['lost currency in: EUR, USD → EUR']],
    ['a forbidden value less', tool(noneOf('A', 'B')), tool(noneOf('A')), ['gained currency not_in: A, B → A']],
    ['other values', tool(oneOf('EUR')), tool(oneOf('USD')), ['changed currency in: EUR → USD']],
    ['no rule any more', tool(max(1)), tool(), ['gained no rule on amount max any more']],
    ['a new rule', tool(), tool(max(1)), ['lost new rule on amount max']],
    ['a scope', tool(), { ...tool(), scopes: ['pay:write'] }, ['gained scope pay:write']],
  ])('is %s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it('comes first where it is more', () => {
    expect(
      changes(tool(max(2), oneOf('EUR')), { ...tool(max(1), oneOf('EUR', 'USD')), effect: 'irreversible' }),
    ).toEqual(['gained effect: write → irreversible', 'gained currency in: EUR → EUR, USD', 'lost amount max: 2 → 1']);
  });

  it('is said of flows too', () => {
    const of = (before: Flow[], after: Flow[]) =>
      authorityChanges({ tools: 'none', flows: before }, { tools: 'none', flows: after });
    expect(of([flow(1)], [])).toMatchObject([{ direction: 'gained', subject: 'flow few' }]);
    expect(of([], [flow(1)])).toMatchObject([{ direction: 'lost' }]);
    expect(of([flow(1)], [flow(2)])).toMatchObject([{ direction: 'changed' }]);
  });
});
