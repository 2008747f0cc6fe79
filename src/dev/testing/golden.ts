import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { REPOSITORY } from '../repository.ts';

/**
 * Holds `text` against fixtures/reports/<name>, byte for byte. `npm run golden` sets UPDATE_GOLDEN and rewrites the
 * file instead; the diff is to be reviewed.
 */
export function expectGolden(name: string, text: string): void {
  const path = join(REPOSITORY, 'fixtures/reports', name);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
