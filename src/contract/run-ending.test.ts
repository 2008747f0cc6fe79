import { describe, expect, it } from 'vitest';
import { endingOf } from './run-ending.ts';

describe('endingOf', () => {
  it.each([
    ['success', undefined, false, 'well'],
    ['success', 'timeout', true, 'badly'],
    ['failure', undefined, true, 'badly'],
    ['abandoned', undefined, true, 'badly'],
    [undefined, 'timeout', true, 'badly'],
    [undefined, undefined, true, 'well'],
    [undefined, undefined, false, 'unknown'],
  ] as const)('reads outcome %s, error %s, root %s as %s', (outcome, error, hasRoot, ending) => {
    expect(endingOf({ outcome, error, hasRoot })).toBe(ending);
  });
});
