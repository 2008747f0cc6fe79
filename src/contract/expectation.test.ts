import { describe, expect, it } from 'vitest';
import { aModelCall, aToolCall } from '../dev/testing/builders.ts';
import { showingOf, together } from './expectation.ts';

const text = { type: 'text', assertion: 1, label: 'contains "x"' } as const;
const tool = { type: 'tool-called', tool: 'get_case', label: 'tool-called "get_case"' } as const;

describe('showingOf', () => {
  it.each([
    ['the assertion holds', [aModelCall({ facts: '01' })], 'good'],
    ['it does not', [aModelCall({ facts: '10' })], 'bad'],
    ['no text was recorded', [aModelCall({ facts: undefined, requestedTools: undefined })], 'unknown'],
    ['the last answer counts', [aModelCall({ facts: '01' }), aModelCall({ facts: '00' })], 'bad'],
    ['there is no call', [], 'unknown'],
  ] as const)('reads a text: %s', (_, steps, expected) => {
    expect(showingOf(text, { steps })).toBe(expected);
  });

  it('reads what the user was shown before what a model said', () => {
    const steps = [aModelCall({ facts: '01' })];
    expect(showingOf(text, { steps, shown: '00' })).toBe('bad');
    expect(showingOf(text, { steps: [], shown: '01' })).toBe('good');
  });

  it.each([
    ['it was called', [aToolCall()], 'good'],
    ['another was', [aToolCall({ tool: 'pay' })], 'bad'],
    ['one without a name may have been it', [aToolCall({ tool: undefined })], 'unknown'],
    ['none was', [], 'bad'],
  ] as const)('reads a tool: %s', (_, steps, expected) => {
    expect(showingOf(tool, { steps })).toBe(expected);
  });
});

it.each([
  [['good', 'unknown', 'bad'], 'bad'],
  [['good', 'unknown'], 'unknown'],
  [['good', 'good'], 'good'],
  [[], 'unknown'],
] as const)('takes %j together as %s', (showings, expected) => {
  expect(together(showings)).toBe(expected);
});
