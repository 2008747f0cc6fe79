import { describe, expect, it } from 'vitest';
import { readLabelledItems } from './labelled-items.ts';

const item = { rule: 'Is polite', answer: 'Thank you.', label: 'pass' };

describe('labelled items', () => {
  it('are read line by line, past empty ones, with what was asked where it is said', () => {
    const text = `\uFEFF${JSON.stringify(item)}\n\n${JSON.stringify({ ...item, input: 'Hi', label: 'fail' })}\r\n`;
    expect(readLabelledItems(text, 'labels.jsonl')).toEqual([
      { line: 1, ...item, input: undefined },
      { line: 3, ...item, input: 'Hi', label: 'fail' },
    ]);
    expect(readLabelledItems('', 'labels.jsonl')).toEqual([]);
  });

  it.each([
    ['{', 'broken'],
    [JSON.stringify({ ...item, label: 'good' }), 'an unknown label'],
    [JSON.stringify({ ...item, rule: ' ' }), 'an empty rule'],
    [JSON.stringify({ ...item, answer: 7 }), 'an answer that is no text'],
    ['[]', 'no object'],
  ])('are refused with their line: %s (%s)', (line) => {
    expect(() => readLabelledItems(`${JSON.stringify(item)}\n${line}\n`, 'labels.jsonl')).toThrow('labels.jsonl:2');
  });
});
