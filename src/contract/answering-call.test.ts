import { expect, it } from 'vitest';
import { aModelCall, aToolCall } from '../dev/testing/builders.ts';
import { lastAnswer, lastAnswerFacts, mayHoldAnswer } from './answering-call.ts';

const answer = (facts: string) => aModelCall({ facts });
const silent = { facts: undefined, text: undefined };
const failed = aModelCall({ ...silent, error: '529', requestedTools: undefined });
const asking = aModelCall({ ...silent, requestedTools: ['get_case'] });
const unrecorded = aModelCall({ ...silent, requestedTools: undefined });

it.each([
  ['has text', answer('1'), true],
  ['has text and asks for a tool', aModelCall({ facts: '1', requestedTools: ['get_case'] }), true],
  ['failed without text', failed, false],
  ['asks for a tool without text', asking, false],
  ['is recorded without content', unrecorded, true],
  ['is recorded as empty', aModelCall({ ...silent, requestedTools: [] }), true],
])('knows whether a call that %s may hold an answer', (_name, call, expected) => {
  expect(mayHoldAnswer(call)).toBe(expected);
});

it.each([
  ['the last answer', [answer('10'), aToolCall(), answer('01')], '01'],
  ['an answer before calls that answered nobody', [answer('10'), failed, asking, aToolCall()], '10'],
  ['nothing behind an unrecorded call', [answer('10'), unrecorded], undefined],
  ['nothing without a call', [aToolCall()], undefined],
])('takes %s', (_name, steps, expected) => {
  expect(lastAnswerFacts(steps)).toBe(expected);
});

it('tells an answer that was not recorded from no answer', () => {
  expect(lastAnswer([answer('10'), unrecorded, failed])).toBe(unrecorded);
  expect(lastAnswer([failed, asking])).toBeUndefined();
});
