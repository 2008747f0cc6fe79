import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CodeScan, LONGEST_TEXT } from '../contract/inspection.ts';
import type { Plan } from '../contract/plan.ts';
import { aPlan } from '../dev/testing/builders.ts';
import { matchingFiles } from '../manifest/matching-files.ts';
import { createRedactor } from '../observe/redaction.ts';
import { type InspectionTools, inspectWorkload } from './inspect-workload.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'aigate-inspect-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

const scanned: string[][] = [];
const NOTHING: CodeScan = { files: {}, unscanned: {}, findings: [], counts: {}, digests: {}, unread: [] };
const tools = (overrides: Partial<InspectionTools> = {}): InspectionTools => ({
  root,
  list: async (pattern) => (await matchingFiles(root, pattern)).files,
  history: async () => undefined,
  redact: createRedactor(new Uint8Array(32)),
  scan: async (paths) => {
    scanned.push([...paths]);
    return NOTHING;
  },
  lock: undefined,
  served: {},
  ...overrides,
});
const named = (evidence: Partial<Plan['evidence']>, overrides: Partial<Plan> = {}) =>
  aPlan({ artifacts: [], evidence: { ...aPlan().evidence, runbook: undefined, ...evidence }, ...overrides });
const knowledge = (...paths: readonly string[]): Plan['knowledge'] =>
  paths.map((path) => ({
    name: path,
    path,
    maxAgeMs: undefined,
    isCited: false,
    citation: undefined,
    assertion: undefined,
  }));

describe('inspectWorkload', () => {
  it('lists the files of every entry under its pointer, with size and digest', async () => {
    await write('prompts/a.md', 'one');
    await write('prompts/deep/b.md', '');
    await write('kb/policy.md', 'two');
    await write('other.md', 'not named');
    const plan = named({}, { artifacts: ['prompts/**'], knowledge: knowledge('kb/**', 'kb/*.md') });
    const { files } = await inspectWorkload(plan, tools());
    expect(Object.keys(files)).toEqual(['/workload/artifacts/0', '/knowledge/0/path', '/knowledge/1/path']);
    expect(files['/workload/artifacts/0']?.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['prompts/a.md', 3],
      ['prompts/deep/b.md', 0],
    ]);
    const sha256 = createHash('sha256').update('two').digest('hex');
    const policy = [{ path: 'kb/policy.md', sha256, bytes: 3, changedAt: undefined }];
    expect(files['/knowledge/0/path']).toEqual(policy);
    expect(files['/knowledge/1/path']).toEqual(policy);
  });

  it('keeps an entry that names no file apart from one that is not declared', async () => {
    const { files } = await inspectWorkload(named({ runbook: 'runbook.md' }), tools());
    expect(files).toEqual({ '/evidence/runbook': [] });
    expect((await inspectWorkload(named({ runbook: undefined }), tools())).files).toEqual({});
  });

  it.each(['https://example.com/runbook', 'mailto:ops@example.com'])('does not look for the address %s', async (at) => {
    expect((await inspectWorkload(named({ runbook: at }), tools())).files).toEqual({});
  });

  it.each(['../outside.md', '/etc/hostname'])('finds nothing outside of the folder: %s', async (path) => {
    await write('inside/aigate.yaml', '');
    await write('outside.md', 'secret');
    const inside = join(root, 'inside');
    const list = async (pattern: string) => (await matchingFiles(inside, pattern)).files;
    const { files, texts } = await inspectWorkload(named({ runbook: path }), tools({ root: inside, list }));
    expect({ files, texts }).toEqual({ files: { '/evidence/runbook': [] }, texts: {} });
  });

  it('follows no link, neither to a file nor through a folder', async () => {
    await write('real/policy.md', 'two');
    await symlink('real/policy.md', join(root, 'link.md'));
    await symlink('real', join(root, 'kb'));
    const plan = named({ runbook: 'link.md' }, { knowledge: knowledge('kb/**') });
    const { files, texts } = await inspectWorkload(plan, tools());
    expect(files).toEqual({ '/knowledge/0/path': [], '/evidence/runbook': [] });
    expect(texts).toEqual({});
  });

  it('says which file cannot be read', async () => {
    const list = async () => ['gone.md'];
    await expect(inspectWorkload(named({ runbook: 'gone.md' }), tools({ list }))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: 'gone.md cannot be read: ENOENT',
    });
  });
});

describe('inspectWorkload and texts', () => {
  const disclosure = { phrase: 'AI', path: 'ui/./chat.html', assertion: undefined };

  it('keeps the texts of runbook and disclosure, however their paths are written, and no other', async () => {
    await write('runbook.md', 'Call us.');
    await write('ui/chat.html', '<p>AI</p>');
    await write('prompts/a.md', 'secret recipe');
    const plan = named({ runbook: './runbook.md', disclosure }, { artifacts: ['prompts/**'] });
    const { texts } = await inspectWorkload(plan, tools());
    expect(texts).toEqual({ 'runbook.md': 'Call us.', 'ui/chat.html': '<p>AI</p>' });
  });

  it('redacts a text, also a secret that a cut would have split', async () => {
    const key = `sk-${'a1'.repeat(20)}`;
    const start = LONGEST_TEXT - 12;
    await write('runbook.md', `${'x '.repeat(start / 2)}${key} and more, or write to ops@example.com`);
    const text = (await inspectWorkload(named({ runbook: 'runbook.md' }), tools())).texts['runbook.md'];
    expect(text).toHaveLength(LONGEST_TEXT);
    expect(text).not.toContain('sk-');
    expect(text?.slice(start)).toMatch(/^\[api-key:/);
  });

  it('keeps a text of the greatest length whole', async () => {
    await write('runbook.md', 'y'.repeat(LONGEST_TEXT));
    expect((await inspectWorkload(named({ runbook: 'runbook.md' }), tools())).texts['runbook.md']).toHaveLength(
      LONGEST_TEXT,
    );
  });

  it('marks what is no UTF-8', async () => {
    await write('runbook.md', Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72));
    expect((await inspectWorkload(named({ runbook: 'runbook.md' }), tools())).texts).toEqual({
      'runbook.md': 'M\uFFFDller',
    });
  });
});

describe('inspectWorkload and history', () => {
  it('asks once for all files, and dates those that were committed', async () => {
    await write('kb/a.md', 'a');
    await write('kb/b.md', 'b');
    const asked: string[][] = [];
    const history = async (paths: readonly string[]) => {
      asked.push([...paths]);
      return new Map([['kb/a.md', '2026-11-01T10:00:00+01:00']]);
    };
    const plan = named({}, { artifacts: ['kb/*'], knowledge: knowledge('kb/**') });
    const { files, hasHistory } = await inspectWorkload(plan, tools({ history }));
    expect(asked).toEqual([['kb/a.md', 'kb/b.md']]);
    expect(hasHistory).toBe(true);
    expect(files['/knowledge/0/path']?.map(({ changedAt }) => changedAt)).toEqual([
      '2026-11-01T10:00:00+01:00',
      undefined,
    ]);
  });

  it('knows no date without a whole history', async () => {
    await write('kb/a.md', 'a');
    const { files, hasHistory } = await inspectWorkload(named({}, { knowledge: knowledge('kb/**') }), tools());
    expect(hasHistory).not.toBe(true);
    expect(files['/knowledge/0/path']?.[0]?.changedAt).toBeUndefined();
  });
});

describe('inspectWorkload and code', () => {
  it('hands every declared file of the code on once, in order', async () => {
    scanned.length = 0;
    await write('src/b.ts', '');
    await write('src/a.ts', '');
    const { scan } = await inspectWorkload(named({}, { code: ['src/**', 'src/a.ts'] }), tools());
    expect(scan).toBe(NOTHING);
    expect(scanned).toEqual([['src/a.ts', 'src/b.ts']]);
  });

  it('looks at no code where none is declared', async () => {
    expect((await inspectWorkload(named({}), tools())).scan).toBeUndefined();
  });
});
