import { describe, expect, it } from 'vitest';
import { RULE_FACTS } from '../../contract/tool-policy.ts';
import { judgeConfirmation } from './confirmation.ts';

function answerTo(asked: string | undefined, last: string) {
  const nothing = { user: [], answers: [], calls: [], identifiers: () => new Map() };
  return judgeConfirmation({}, { ...nothing, last, asked, mayLackUser: false });
}

describe('an answer to what the model had said', () => {
  it.each([
    ['Shall I cancel order 42 and refund 30 USD?', 'Yes, please'],
    ['I can look for another flight, or I will cancel this one. Which is fine?', 'Yes'],
    ['I will cancel order 42. Is there anything else before I proceed?', 'Yes, do that'],
    ['Would you like me to process the refund to your card?', 'Please process the refund.'],
    ['Would you like me to process the refund to your card?', 'Great, refund my card. Thanks, process it!'],
    ['Should I help you cancel the order?', 'yes'],
    ['Would you like me to look for other flights?', 'Yes, go ahead and book the first one'],
    [undefined, 'Yes, please'],
    ['Shall I cancel the order?', 'Cancel it, please'],
    ['I will refund 30 USD. Are you ok with this?', 'Yes'],
    ['The refund is 30 USD to your card. Does that work?', 'Yes'],
    ['I will refund 30 USD. Is your address still Main Street 5?', 'Yes, both'],
    ['Would you like me to transfer you to a person?', 'Yes, please'],
  ])('is a yes: %s — %s', (asked, words) => expect(answerTo(asked, words)).toBe(RULE_FACTS.holds));

  it.each([
    ['Would you like me to look for other flights?', 'Yes, please'],
    ['Would you like me to search for alternatives?', 'Yes, that would be great.'],
    ['The flight is full. I can check other dates. Shall I look at Tuesday?', 'Sure'],
    ['Is there anything else I can help you with?', 'yes'],
    ['Would you like me to process the refund to your card?', 'Please process the exchange.'],
    ['Would you like me to process the refund to your card?', 'Refund my gift card instead'],
    ['Would you like me to process the refund?', 'Can you process the refund?'],
    ['Would you like me to process the refund?', 'Process the refund only if you refund all'],
    ['Would you like me to process the refund?', 'Process'.repeat(40)],
    ['Which refund should I process, the refund of order 1 or of order 2?', 'Process the refund'],
    ['Shall I cancel the order?', 'Fine, cancel that idea'],
    [undefined, 'Please process the refund.'],
    ['Here is your refund policy.', 'Process the refund'],
    ['Shall I cancel the order?', '...'],
    ['Is your address still Main Street 5?', 'Yes'],
    ['Are you Jane Roe?', 'Yes, I am'],
    ['Just to verify: is your zip code 10115?', 'Yes'],
    ['The order was 50 EUR. Is it correct that the lamp is broken?', 'Yes'],
    ['Would you like to hear your options?', 'Yes'],
    ['Thanks! Can you send a photo of the damage?', 'Sure'],
    ['Do you have the receipt?', 'Yes I have the receipt'],
    ['Shall I refund 30 USD?', 'Cancel that'],
  ])('is none: %s — %s', (asked, words) => expect(answerTo(asked, words)).toBe(RULE_FACTS.broken));
});
