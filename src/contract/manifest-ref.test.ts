import { describe, expect, it } from 'vitest';
import { manifestRef, pointerOf } from './manifest-ref.ts';

describe('manifestRef', () => {
  const manifestLines = { '': 1, '/models': 4, '/models/primary': 5, '/tools/a~1b': 9 };

  it.each([
    ['/models/primary', 5, '/models/primary'],
    ['/models/primary/cloud', 5, '/models/primary'],
    ['/models/fallback/0/region', 4, '/models'],
    ['/evidence/riskOwner', 1, ''],
    ['', 1, ''],
  ])('finds %s on line %i as %s', (pointer, line, found) => {
    expect(manifestRef({ manifestLines }, pointer)).toEqual({ artifact: 'manifest', line, pointer: found });
  });

  it('reaches keys with slashes through escaped pointers', () => {
    expect(manifestRef({ manifestLines }, pointerOf('tools', 'a/b')).line).toBe(9);
    expect(pointerOf('tools', '~/', 0)).toBe('/tools/~0~1/0');
  });
});
