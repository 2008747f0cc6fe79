import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const WORKFLOWS = ['.github/workflows/ci.yml', '.github/workflows/release.yml'];
const FILES = [...WORKFLOWS, '.github/actions/check/action.yml'];

const read = (path: string) => readFile(join(REPOSITORY, path), 'utf8');

describe.each(FILES)('%s', (path) => {
  it('pins every action of others by commit, and names the version', async () => {
    const uses = (await read(path)).split('\n').filter((line) => /\buses:/.test(line) && !/uses: \.\//.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

describe.each(WORKFLOWS)('%s', (path) => {
  it('grants nothing by default, and each job only what it names', async () => {
    const { permissions, jobs } = parse(await read(path));
    expect(permissions).toEqual({});
    for (const job of Object.values<{ permissions: object }>(jobs))
      expect(Object.keys(job.permissions)).toHaveLength(1);
  });

  it('puts no expression into a script', async () => {
    const { jobs } = parse(await read(path));
    for (const job of Object.values<{ steps: { run?: string }[] }>(jobs)) {
      for (const { run = '' } of job.steps) expect(run).not.toContain('${{');
    }
  });
});
