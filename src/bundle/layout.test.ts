import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isListedPath } from './layout.ts';

describe('paths that a manifest may list', () => {
  it.each([
    'files/a',
    'files/results.json',
    'files/tables/prices.json',
    'files/a-b_c.d/E.1',
    `files/${'a'.repeat(234)}`,
  ])('include %s', (path) => expect(isListedPath(path)).toBe(true));

  it.each([
    '',
    'files',
    'files/',
    'files//a',
    'results.json',
    'manifest.json',
    'attestations/gate-result.sigstore.json',
    '/etc/passwd',
    '/files/a',
    'files/../manifest.json',
    'files/a/..',
    'files/./a',
    '../files/a',
    'files/.hidden',
    'files/a.',
    'files/a\\b',
    'files/a b',
    'files/a\n',
    'files/a\u0000',
    'files/ä',
    'files/a\u202e',
    'FILES/a',
    'C:/files/a',
    'files/a:b',
    `files/${'a'.repeat(235)}`,
  ])('exclude %j', (path) => expect(isListedPath(path)).toBe(false));

  it('never leave the folder', () => {
    const segment = fc.oneof(fc.constantFrom('files', '..', '.', '', 'a', '\\', '~'), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
        const path = segments.join('/');
        if (isListedPath(path)) expect(posix.normalize(path)).toBe(path);
        if (isListedPath(path)) expect(path.startsWith('files/')).toBe(true);
        expect(isListedPath(`${path}/../x`)).toBe(false);
      }),
    );
  });
});
