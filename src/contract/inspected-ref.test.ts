import { expect, it } from 'vitest';
import { anInspectedFile, anInspection } from '../dev/testing/builders.ts';
import { inspectedArtifact, inspectedDigests, inspectedRef } from './inspected-ref.ts';

it('names a file by its path, and the whole of it where no line is given', () => {
  expect(inspectedArtifact('kb/a.md')).toBe('files/kb/a.md');
  expect(inspectedRef({ path: 'kb/a.md' })).toEqual({ artifact: 'files/kb/a.md', line: 1, pointer: '' });
  expect(inspectedRef({ path: 'src/a.ts', line: 7 })).toMatchObject({ line: 7 });
});

it('takes over nothing but the place', () => {
  expect(inspectedRef(anInspectedFile('kb/a.md'))).toEqual({ artifact: 'files/kb/a.md', line: 1, pointer: '' });
  expect(Object.keys(inspectedRef({ path: 'src/a.ts', line: 7, column: 3 }))).toEqual(['artifact', 'line', 'pointer']);
});

it('knows the digest of every file that was named and of every one with a finding, once', () => {
  const both = anInspectedFile('src/prompt.ts', { sha256: 'b'.repeat(64) });
  const inspection = anInspection({
    files: {
      '/workload/artifacts/0': [anInspectedFile('kb/a.md', { sha256: 'a'.repeat(64) }), both],
      '/evidence/runbook': [],
    },
    scan: {
      files: {},
      findings: [],
      counts: {},
      digests: { 'src/prompt.ts': 'b'.repeat(64), 'src/call.ts': 'c'.repeat(64) },
      unread: [],
      unscanned: {},
    },
  });
  expect(Object.fromEntries(inspectedDigests(inspection))).toEqual({
    'kb/a.md': 'a'.repeat(64),
    'src/prompt.ts': 'b'.repeat(64),
    'src/call.ts': 'c'.repeat(64),
  });
});

it('knows no digest where nothing was found', () => {
  expect(inspectedDigests(anInspection()).size).toBe(0);
});
