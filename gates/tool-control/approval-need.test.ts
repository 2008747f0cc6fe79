import { describe, expect, it } from 'vitest';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';
import { aToolCall } from '../../src/dev/testing/builders.ts';
import { approvalNeed } from './approval-need.ts';

const always: ToolPolicy = { effect: 'write', approve: 'always' };
const byUser: ToolPolicy = { ...always, approval: { by: 'user' }, rules: [{ kind: 'confirmed' }] };
const whenDear: ToolPolicy = {
  ...always,
  approve: 'when',
  rules: [{ kind: 'approve-when', expression: 'call.args.amount > 9.0' }],
};
const needOf = (policy: ToolPolicy, facts?: string) =>
  approvalNeed(aToolCall({ tool: 'pay', facts }), { tools: { pay: policy } });

describe('approvalNeed', () => {
  it('follows what the tool declares', () => {
    expect(needOf(always)).toBe('needed');
    expect(needOf({ ...always, approve: 'never' })).toBe('none');
  });

  it.each([
    ['0', 'none'],
    ['1', 'needed'],
    ['e', 'needed'],
    ['?', 'perhaps'],
    [undefined, 'perhaps'],
    ['', 'perhaps'],
    ['x', 'perhaps'],
  ])('asks for approval unless a condition is known not to hold: %s', (facts, need) => {
    expect(needOf(whenDear, facts)).toBe(need);
  });

  it('does not trust a condition that has no rule', () => {
    expect(needOf({ ...always, approve: 'when' })).toBe('perhaps');
  });

  it.each([
    ['1', 'given'],
    ['0', 'not-given'],
    ['?', 'perhaps'],
    [undefined, 'perhaps'],
    ['-', 'perhaps'],
  ])('reads the yes of the user: %s', (facts, need) => {
    expect(needOf(byUser, facts)).toBe(need);
  });

  it.each([undefined, 'other', 'constructor', '__proto__'])(
    'asks nothing of a tool that is not declared: %s',
    (tool) => {
      expect(approvalNeed(aToolCall({ tool }), { tools: { pay: always } })).toBe('none');
      expect(approvalNeed(aToolCall({ tool }), { tools: 'none' })).toBe('none');
    },
  );
});
