import { describe, expect, it } from 'vitest';
import { countTests } from './test-counts.ts';

function report(overrides: object = {}): string {
  return JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [{ status: 'passed', assertionResults: [{}, {}, {}] }],
    ...overrides,
  });
}

const broken = { status: 'failed', assertionResults: [] };

describe('countTests', () => {
  it.each([
    ['passed and skipped tests', report(), 0, { passed: 3, failed: 0, skipped: 1 }],
    ['failed tests', report({ numFailedTests: 2 }), 1, { passed: 3, failed: 2, skipped: 1 }],
    [
      'a file that broke before its first test',
      report({ testResults: [broken] }),
      1,
      { passed: 3, failed: 1, skipped: 1 },
    ],
    ['an exit code that the report does not explain', report(), 1, { passed: 3, failed: 1, skipped: 1 }],
    ['a run killed by a signal', report(), undefined, { passed: 3, failed: 1, skipped: 1 }],
    ['no tests at all', report({ numPassedTests: 0, testResults: [] }), 0, { passed: 0, failed: 1, skipped: 1 }],
    ['no report', undefined, 0, { passed: 0, failed: 1, skipped: 0 }],
    ['a report cut short', report().slice(0, 40), 0, { passed: 0, failed: 1, skipped: 0 }],
    ['a report of another form', '[]', 0, { passed: 0, failed: 1, skipped: 0 }],
  ])('counts %s', (_name, text, exitCode, expected) => {
    expect(countTests(text, exitCode)).toEqual(expected);
  });
});
