import { describe, expect, it } from 'vitest';
import { formatProblem } from './problem.ts';

const problem = {
  code: 'CONFIG_INVALID',
  message: 'unknown key "nmae"',
  file: 'aigate.yaml',
  line: 3,
  column: 5,
} as const;

describe('formatProblem', () => {
  it('gives place, message, code, frame and help', () => {
    const frame = '  2 | workload:\n> 3 |   nmae: x\n    |   ^^^^';
    expect(formatProblem({ ...problem, frame, hint: 'did you mean "name"?' })).toBe(
      [
        'aigate.yaml:3:5 unknown key "nmae" [CONFIG_INVALID]',
        '  2 | workload:',
        '> 3 |   nmae: x',
        '    |   ^^^^',
        '  = help: did you mean "name"?',
      ].join('\n'),
    );
  });

  it('is one line without frame and hint', () => {
    expect(formatProblem(problem)).toBe('aigate.yaml:3:5 unknown key "nmae" [CONFIG_INVALID]');
  });

  it('shows control and bidi characters of every part instead of sending them', () => {
    const hostile = '\u001b[31m\u202e';
    const text = formatProblem({ ...problem, file: hostile, message: hostile, frame: hostile, hint: hostile });
    expect([...'\u001b\u202e'].filter((character) => text.includes(character))).toEqual([]);
    expect(text.match(/\\u\{1b\}\[31m\\u\{202e\}/g)).toHaveLength(4);
  });
});
