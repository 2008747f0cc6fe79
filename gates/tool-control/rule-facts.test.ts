import { describe, expect, it } from 'vitest';
import type { ToolPolicy, ToolRule } from '../../src/contract/tool-policy.ts';
import { aToolCall } from '../../src/dev/testing/builders.ts';
import { factOfKind, judgedRules, ruleName } from './rule-facts.ts';

const policy: ToolPolicy = {
  effect: 'write',
  approve: 'always',
  rules: [{ kind: 'argument', arg: 'a', op: 'max', value: 1 }, { kind: 'confirmed' }],
};

describe('judgedRules', () => {
  it.each([undefined, '', 'zz', '1'])('knows nothing of a rule without a fact: %s', (facts) => {
    expect(judgedRules(policy, aToolCall({ facts }))[1]?.fact).toBe('?');
  });

  it('finds the first rule of a kind, and none where there is none', () => {
    expect(factOfKind(policy, aToolCall({ facts: '10' }), 'confirmed')).toBe('0');
    expect(factOfKind(policy, aToolCall({ facts: '10' }), 'schema')).toBeUndefined();
  });
});

describe('ruleName', () => {
  it.each<[ToolRule, string]>([
    [{ kind: 'argument', arg: 'amount', op: 'max', value: 200 }, 'amount max 200'],
    [{ kind: 'argument', arg: 'to', op: 'in', values: ['a', 'b', 'c', 'd'] }, 'to in a, b, c'],
    [
      {
        kind: 'provenance',
        arg: 'to',
        from: [{ type: 'user' }, { type: 'list', name: 'payees', values: [] }, { type: 'tool', tool: 'crm' }],
        beside: ['amount'],
      },
      'to from user, payees, tool:crm with amount',
    ],
    [{ kind: 'destinations', except: [] }, 'destinations from untrusted output'],
    [{ kind: 'same-as-call', arg: 'id', tool: 'find', other: 'id' }, 'id same_as find.id'],
    [{ kind: 'schema', schema: {} }, 'schema'],
    [{ kind: 'when', expression: 'x' }, 'when x'],
    [{ kind: 'approve-when', expression: 'x' }, 'approve when x'],
    [{ kind: 'confirmed' }, 'approve user'],
  ])('says a rule in the words of the manifest: %j', (rule, name) => {
    expect(ruleName(rule)).toBe(name);
  });
});
