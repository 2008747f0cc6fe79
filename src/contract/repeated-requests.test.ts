import { describe, expect, it } from 'vitest';
import { aModelCall, aToolCall } from '../dev/testing/builders.ts';
import { repeatedRequests, tellsOfAttempts } from './repeated-requests.ts';
import type { ModelCall, Step } from './run.ts';

const NO_USAGE = { ...aModelCall().usage, input: undefined, output: undefined };
const failed = (more: Partial<ModelCall> = {}) =>
  aModelCall({ error: '500', usage: NO_USAGE, durationMs: undefined, ...more });
const input = (tokens: number) => ({ usage: { ...aModelCall().usage, input: tokens } });
/** Number of recorded and unrecorded attempts of every repeated request. */
const counts = (...steps: Step[]) =>
  repeatedRequests(steps).map(({ attempts, unrecorded }) => [attempts.length, unrecorded]);

describe('repeatedRequests', () => {
  it.each([
    ['a call after a failed one of the same model', [failed(), aModelCall()], [[2, 0]]],
    ['when it was over', [failed({ startMs: 0, durationMs: 1_000 }), aModelCall({ startMs: 1_000 })], [[2, 0]]],
    ['with a tool between them', [failed(), aToolCall(), aModelCall()], [[2, 0]]],
    ['several in a row, the last of which failed too', [failed(), failed(), failed()], [[3, 0]]],
    ['the same input where both record it', [failed(input(7)), aModelCall(input(7))], [[2, 0]]],
    ['a replacement by another model', [failed(), aModelCall({ requestedModel: 'x', fallbackFrom: 'y' })], [[2, 0]]],
    [
      'a further number after an answer',
      [aModelCall({ attempt: 1 }), aModelCall({ attempt: 2, ...input(9) })],
      [[2, 0]],
    ],
    ['a number whose predecessors are not recorded', [aModelCall({ attempt: 3 })], [[1, 2]]],
    [
      'a number whose predecessor is not the answer further back',
      [aModelCall({ attempt: 1 }), failed({ attempt: 1 }), aModelCall({ attempt: 2 }), aModelCall({ attempt: 2 })],
      [
        [2, 0],
        [1, 1],
      ],
    ],
    ['a number after a gap', [failed({ attempt: 1 }), aModelCall({ attempt: 4 })], [[2, 2]]],
    ['repetitions below a call', [aModelCall({ resends: 2 })], [[1, 2]]],
    ['repetitions below attempts', [failed({ resends: 1 }), aModelCall({ resends: 2 })], [[2, 3]]],
    [
      'two requests side by side',
      [failed(input(1)), failed(input(2)), aModelCall(input(1)), aModelCall(input(2))],
      [
        [2, 0],
        [2, 0],
      ],
    ],
  ])('takes for repeated: %s', (_name, steps, expected) => {
    expect(counts(...steps)).toEqual(expected);
  });

  it.each([
    ['calls that answered', [aModelCall(), aModelCall()]],
    ['a failed call that nothing follows', [aModelCall(), failed()]],
    ['a failed call before one of another model', [failed(), aModelCall({ requestedModel: 'other' })]],
    ['a failed call before one with other input', [failed(input(7)), aModelCall(input(8))]],
    [
      'a failed call beside one that began before it ended',
      [failed({ startMs: 0, durationMs: 1_000 }), aModelCall({ startMs: 999 })],
    ],
    ['a failed call before an answer from a store', [failed(), aModelCall({ isReplayed: true })]],
    ['a failed call before one that says it is the first', [failed(), aModelCall({ attempt: 1 })]],
    [
      'numbers that do not go on from the call before',
      [aModelCall({ attempt: 1 }), aModelCall({ attempt: 1 }), aModelCall({ attempt: 1, requestedModel: 'other' })],
    ],
    ['calls that say they are the first and have no repetition', [aModelCall({ attempt: 1, resends: 0 })]],
  ])('takes for different requests: %s', (_name, steps) => {
    expect(counts(...steps)).toEqual([]);
  });

  it('gives up the oldest of very many failed calls', () => {
    const many = Array.from({ length: 20 }, (_, i) => failed(input(i)));
    expect(counts(...many, aModelCall(input(0)))).toEqual([]);
    expect(counts(...many, aModelCall(input(19)))).toEqual([[2, 0]]);
  });
});

describe('tellsOfAttempts', () => {
  it.each([
    [{ attempt: 1 }, true],
    [{ resends: 0 }, true],
    [{ error: 'timeout' }, true],
    [{}, false],
  ])('is, for a call with %j, %j', (call, expected) => {
    expect(tellsOfAttempts(aModelCall(call))).toBe(expected);
  });
});
