import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../dev/repository.ts';
import { createBundle } from './create-bundle.ts';
import { readBundle } from './read-bundle.ts';

const RUN_ID = 'c0ffee00-0000-4000-8000-000000000001';
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const file = (path: string, role = 'runs') => ({ path, mediaType: 'text/plain', role });

let root: string;
let outDir: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'aigate-create-')));
  outDir = join(root, '.aigate/evidence');
});
afterEach(() => rm(root, { recursive: true }));

describe('a bundle in the making', () => {
  it('becomes visible under its name in one step, with every file in its manifest', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    await writer.add({ ...file('files/results.json', 'results'), content: '{}\n' });
    await writer.add({ ...file('files/raw.bin'), content: new Uint8Array([0, 255]) });
    expect(existsSync(join(outDir, RUN_ID))).toBe(false);
    const { dir, manifestSha256 } = await writer.commit();
    expect(dir).toBe(join(outDir, RUN_ID));
    expect(await readdir(outDir)).toEqual([RUN_ID]);
    const manifest = await readFile(join(dir, 'manifest.json'), 'utf8');
    expect(sha256(manifest)).toBe(manifestSha256);
    expect(JSON.parse(manifest)).toEqual({
      schema: 'urn:aigate:bundle:v1',
      runId: RUN_ID,
      files: [
        expect.objectContaining({ path: 'files/raw.bin', size: 2 }),
        { ...file('files/results.json', 'results'), size: 3, sha256: sha256('{}\n') },
      ],
    });
    expect((await readBundle(dir)).manifestSha256).toBe(manifestSha256);
  });

  it('hashes a streamed file while it grows, over many buffers', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    const stream = writer.openFile(file('files/traces/runs.jsonl'));
    const lines = Array.from({ length: 30_000 }, (_, i) => `{"id":"r${i}","text":"${'ü€😀'.repeat(30)}"}\n`);
    for (const line of lines) stream.write(line);
    const content = lines.join('');
    expect(await stream.close()).toEqual({ size: Buffer.byteLength(content), sha256: sha256(content) });
    const { dir } = await writer.commit();
    expect(await readFile(join(dir, 'files/traces/runs.jsonl'), 'utf8')).toBe(content);
  });

  it('frees the path of a file that is discarded', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    const stream = writer.openFile(file('files/traces/runs.jsonl'));
    stream.write('x'.repeat(3_000_000));
    await stream.discard();
    await writer.add({ ...file('files/traces/runs.jsonl'), content: 'cited' });
    const { dir } = await writer.commit();
    expect(await (await readBundle(dir)).text('files/traces/runs.jsonl')).toBe('cited');
  });

  it('is readable by everybody and writable by its owner, as far as the umask allows', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    await writer.add({ ...file('files/tables/x.json'), content: '' });
    const { dir } = await writer.commit();
    const mode = async (path: string) => (await stat(join(dir, path))).mode & 0o777;
    const allowed = ~process.umask();
    for (const folder of ['', 'files', 'files/tables']) expect(await mode(folder)).toBe(0o755 & allowed);
    for (const path of ['manifest.json', 'files/tables/x.json']) expect(await mode(path)).toBe(0o644 & allowed);
  });

  it('leaves nothing after an abort, whatever was open', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    await writer.add({ ...file('files/a'), content: 'a' });
    writer.openFile(file('files/b')).write('b');
    await writer.abort();
    await writer.abort();
    expect(await readdir(outDir)).toEqual([]);
  });

  it('keeps a committed bundle when it is aborted too late', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    await writer.add({ ...file('files/a'), content: 'a' });
    await writer.commit();
    await writer.abort();
    expect(await readdir(outDir)).toEqual([RUN_ID]);
  });

  it('is not committed while a file is open', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    writer.openFile(file('files/a'));
    await expect(writer.commit()).rejects.toThrow('still open');
    await writer.abort();
  });

  it.each(['files/../../x', '/files/x', 'manifest.json', 'files/.x', 'attestations/gate-result.sigstore.json'])(
    'refuses the path %s',
    async (path) => {
      const writer = await createBundle({ outDir, runId: RUN_ID });
      await expect(writer.add({ ...file(path), content: '' })).rejects.toMatchObject({ code: 'BUNDLE_PATH' });
      await writer.abort();
    },
  );

  it('refuses a path twice, upper and lower case being the same', async () => {
    const writer = await createBundle({ outDir, runId: RUN_ID });
    await writer.add({ ...file('files/a'), content: '' });
    await expect(writer.add({ ...file('files/A'), content: '' })).rejects.toMatchObject({ code: 'BUNDLE_PATH' });
    await writer.abort();
  });
});

describe('the folder of bundles', () => {
  it.each(['../escape', '/absolute', '', '.', '..', 'a/b', 'a\\b', '-a'])(
    'does not take the run id %j',
    async (runId) => {
      await expect(createBundle({ outDir, runId })).rejects.toMatchObject({ code: 'PATH_ESCAPES' });
      expect(existsSync(outDir)).toBe(false);
    },
  );

  it('is not followed when it is a symbolic link', async () => {
    await mkdir(join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), join(root, 'link'));
    await expect(createBundle({ outDir: join(root, 'link'), runId: RUN_ID })).rejects.toMatchObject({
      code: 'PATH_ESCAPES',
    });
    expect(await readdir(join(root, 'elsewhere'))).toEqual([]);
    await symlink(join(root, 'nowhere'), join(root, 'dangling'));
    await expect(createBundle({ outDir: join(root, 'dangling'), runId: RUN_ID })).rejects.toMatchObject({
      code: 'PATH_ESCAPES',
    });
  });

  it.each([
    ['is a file', 'file'],
    ['lies below a file', 'file/deeper'],
  ])('is refused when it %s', async (_, path) => {
    await writeFile(join(root, 'file'), '');
    await expect(createBundle({ outDir: join(root, path), runId: RUN_ID })).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
    });
  });

  it('is refused when the system lets nobody write there', async () => {
    await expect(createBundle({ outDir: '/proc/aigate', runId: RUN_ID })).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: expect.stringContaining('/proc/aigate cannot be written'),
    });
  });

  it('keeps what already has the name of the run', async () => {
    await mkdir(join(outDir, RUN_ID), { recursive: true });
    await writeFile(join(outDir, RUN_ID, 'mine'), 'x');
    const writer = await createBundle({ outDir, runId: RUN_ID });
    await writer.add({ ...file('files/a'), content: 'a' });
    await expect(writer.commit()).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    await writer.abort();
    expect(await readdir(outDir)).toEqual([RUN_ID]);
    expect(await readdir(join(outDir, RUN_ID))).toEqual(['mine']);
  });
});

describe('a process that is killed before it commits', () => {
  it('leaves no bundle, and its leftovers do not disturb the same run done again', async () => {
    const module = pathToFileURL(join(REPOSITORY, 'src/bundle/create-bundle.ts')).href;
    const program = `
      const { createBundle } = await import(${JSON.stringify(module)});
      const writer = await createBundle(${JSON.stringify({ outDir, runId: RUN_ID })});
      await writer.add({ path: 'files/results.json', mediaType: 'text/plain', role: 'results', content: '{}' });
      writer.openFile({ path: 'files/runs', mediaType: 'text/plain', role: 'runs' }).write('x'.repeat(3e6));
      process.stdout.write('added');
      setInterval(() => {}, 1000);`;
    const child = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
      cwd: REPOSITORY,
      reject: false,
    });
    for await (const chunk of child.stdout) if (String(chunk).includes('added')) child.kill('SIGKILL');
    expect((await child).signal).toBe('SIGKILL');
    const leftovers = await readdir(outDir);
    expect(leftovers).toEqual([expect.stringMatching(`^\\.${RUN_ID}\\.partial-`)]);
    expect(await readdir(join(outDir, leftovers[0] ?? ''))).toEqual(['files']);

    const writer = await createBundle({ outDir, runId: RUN_ID });
    await writer.add({ ...file('files/results.json'), content: '{}' });
    const { dir } = await writer.commit();
    expect((await readBundle(dir)).manifest.files).toHaveLength(1);
  });
});
