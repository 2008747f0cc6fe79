import { describe, expect, it } from 'vitest';
import type { ObservedStep } from '../../contract/observed-run.ts';
import { RULE_FACTS } from '../../contract/tool-policy.ts';
import { aModelCall, aToolCall } from '../../dev/testing/builders.ts';
import { judgeConfirmation } from './confirmation.ts';
import { heardBefore } from './conversation.ts';

const model = (text: string, ...heard: string[]) => ({ ...aModelCall({}), text, heard }) as unknown as ObservedStep;
const call = (args: unknown, result?: unknown) =>
  ({
    ...aToolCall({ tool: 'act', args: JSON.stringify(args) }),
    result: JSON.stringify(result),
  }) as unknown as ObservedStep;

/** Whether the last call of the run was confirmed. */
function isConfirmed(...steps: ObservedStep[]): boolean {
  let fact: string | undefined;
  heardBefore({ steps }, ({ args = '{}' }, heard) => {
    fact = judgeConfirmation(JSON.parse(args), heard);
  });
  return fact === RULE_FACTS.holds;
}

/** After orders A1 and B2 were looked up, and of `proposed` was said `yes`. */
const lookedUp = (proposed: string, yes: string) => [
  model('', 'hi'),
  call({ user: 'ann_1' }, { orders: ['A1', 'B2'], cards: [{ card_id: 'visa_77' }, { card_id: 'amex_88' }] }),
  model(proposed, 'hi'),
  model('', 'hi', yes),
];

describe('a yes', () => {
  it.each([
    ['Shall I cancel order A1?', 'Yes', { order_id: 'A1' }],
    ['Shall I cancel order a1?', 'Yes', { order_id: 'A1', note: 'x9' }],
    ['Shall I cancel orders A1 and B2?', 'Yes', { order_id: 'B2' }],
    ['Shall I cancel order A1?', 'Yes, and B2, go ahead', { order_id: 'B2' }],
    ['Shall I cancel your order?', 'Yes', { order_id: 'B2' }],
    ['Shall I refund A1 to visa_77?', 'Yes', { order_id: 'A1', card_id: 'visa_77', user: 'ann_1' }],
    ['Shall I refund A1 to visa_77?', 'Yes, or pick another card if it has expired. Go ahead.', { card_id: 'amex_88' }],
    ['Shall I change seat C3?', 'Yes', { order_id: 'B2' }],
    ['Shall I cancel A1 and B2?', 'Yes for A1, no for B2', { order_id: 'A1' }],
    ['Shall I cancel A1 or B2?', 'Yes, A1. Not B2 but A1!', { order_id: 'A1' }],
    ['Shall I cancel A1?', 'Yes, and no more mails please', { order_id: 'A1' }],
    ['Shall I cancel order A1?', 'Yes', { order_id: ['A1', 'B2'] }],
  ])('confirms: %s — %s — %j', (asked, yes, args) =>
    expect(isConfirmed(...lookedUp(asked, yes), call(args))).toBe(true),
  );

  it.each([
    ['Shall I cancel order A1?', 'Yes', { order_id: 'B2' }],
    ['Shall I cancel order A1?', 'Yes', { order_ids: ['B2'] }],
    ['Shall I cancel A1 and B2?', 'Yes for A1, no for B2', { order_id: 'B2' }],
    ['Shall I cancel A1 and B2?', 'Yes for A1. I am not sure about B2 yet.', { order_id: 'B2' }],
    ['Shall I cancel A1 and B2?', 'Yes, everything but keep B2', { order_id: 'B2' }],
    ['Shall I refund A1 to visa_77?', 'Yes', { order_id: 'A1', card_id: 'amex_88' }],
    ['Shall I refund A1 to visa_77?', 'Yes', { order_id: 'A1', pay: { to: JSON.stringify({ card_id: 'amex_88' }) } }],
  ])('confirms nothing else: %s — %s — %j', (asked, yes, args) =>
    expect(isConfirmed(...lookedUp(asked, yes), call(args))).toBe(false),
  );

  it('confirms no second call with another address', () => {
    const sent = [model('Shall I mail dana@other.example?', 'hi'), model('', 'hi', 'Yes')];
    const mail = (to: string) => call({ to });
    expect(isConfirmed(...sent, mail('dana@other.example'))).toBe(true);
    expect(isConfirmed(...sent, mail('dana@other.example'), mail('ben@corp.example'))).toBe(false);
  });

  it('is judged in time that grows with the run', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => call({ order_id: `A${i + 1}` }, { orders: [`A${i}`] }));
    expect(isConfirmed(...lookedUp('Shall I cancel order A1?', 'Yes'), ...many)).toBe(false);
  });
});
