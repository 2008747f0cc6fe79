import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ZipOptions, type ZipSpec, zipArchive } from '../../dev/testing/zip-archive.ts';
import { readZipDirectory } from './zip-directory.ts';
import { unpackEntry } from './zip-entry.ts';
import type { ZipFile } from './zip-file.ts';

const fileOf = (bytes: Buffer): ZipFile => ({
  bytes: bytes.length,
  read: async (at, wanted) => bytes.subarray(at, at + wanted),
});

const LIMITS = { bytes: 4 * 1024 * 1024, ratio: 500 };

/** What can be read of an archive: contents by name, and what was refused. */
async function contents(archive: Buffer) {
  const file = fileOf(archive);
  const directory = await readZipDirectory(file);
  if (typeof directory === 'string') return directory;
  const read: Record<string, string> = {};
  for (const entry of directory.entries) {
    const content = await unpackEntry(file, entry, LIMITS);
    read[entry.name] = typeof content === 'string' ? `(${content})` : content.toString('utf8');
  }
  return { read, refused: directory.refused };
}

const read = (specs: readonly ZipSpec[], options?: ZipOptions) => contents(zipArchive(specs, options));
const A: ZipSpec = { name: 'a.json', content: '{"a":1}' };
/** `hello zstd, …` as zstd 1.5 packs it. */
const ZSTD = Buffer.from('KLUv/QBYlQAAYGhlbGxvIHpzdGQsIAEAd0oS', 'base64');
const ZSTD_TEXT = 'hello zstd, hello zstd, hello zstd, hello zstd';

describe('a zip archive', () => {
  it('is read whether its entries are stored, deflated or packed by zstd', async () => {
    const zstd = { name: 'c', content: ZSTD_TEXT, method: 93, packed: ZSTD };
    expect(await read([A, { ...A, name: 'b/é', method: 0 }, zstd, { name: 'empty', content: '' }])).toEqual({
      read: { 'a.json': '{"a":1}', 'b/é': '{"a":1}', c: ZSTD_TEXT, empty: '' },
      refused: [],
    });
  });

  it('is read when its lengths stand behind the content, as streams write them, and names are marked as UTF-8', async () => {
    expect(await read([{ ...A, name: 'é', flags: 0x0808 }])).toEqual({ read: { é: '{"a":1}' }, refused: [] });
  });

  it('is read with sizes in 64 bits, with a comment, and without entries', async () => {
    expect(await read([A, { ...A, name: 'b' }], { isZip64: true })).toMatchObject({ read: { 'a.json': '{"a":1}' } });
    expect(await read([A], { comment: 'PK\u0005\u0006 is no end' })).toMatchObject({ read: { 'a.json': '{"a":1}' } });
    expect(await read([])).toEqual({ read: {}, refused: [] });
  });

  it.each<[string, (archive: Buffer) => Buffer]>([
    ['cut off, or bytes follow', (archive) => archive.subarray(0, -1)],
    ['cut off, or bytes follow', (archive) => Buffer.concat([archive, Buffer.from('x')])],
    ['cut off, or bytes follow', (archive) => archive.subarray(0, 40)],
    ['damaged', (archive) => archive.subarray(10)],
    ['damaged', (archive) => Buffer.from(archive).fill(0xee, archive.length - 60, archive.length - 30)],
    ['one of several parts', (archive) => Buffer.from(archive).fill(1, archive.length - 18, archive.length - 17)],
  ])('is not read when it is %s', async (reason, damage) => {
    expect(await contents(damage(zipArchive([A])))).toContain(reason);
  });

  it('is not read when its entries overlap, as those of a bomb do', async () => {
    expect(await read([A, { ...A, name: 'b', at: 0 }])).toBe('entries of the zip archive overlap');
    expect(await read([A, { ...A, name: 'b', at: 5_000 }])).toBe('entries of the zip archive overlap');
  });

  it('with more entries than memory should hold is not read', async () => {
    const archive = zipArchive([A], { isZip64: true });
    archive.writeBigUInt64LE(2n ** 40n, archive.length - 22 - 20 - 56 + 32);
    expect(await contents(archive)).toContain('more than the 1000000 that are read');
  });

  it('is never read as something else, whatever bytes are wrong', async () => {
    const whole = zipArchive([A, { name: 'b', content: 'x'.repeat(5_000) }], { comment: 'c' });
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, async (edits) => {
        const archive = Buffer.from(whole);
        for (const [at, byte] of edits) archive[at] = byte;
        const found = await contents(archive);
        if (typeof found === 'string') return;
        const texts = Object.values(found.read).filter((text) => !text.startsWith('('));
        expect(['{"a":1}', 'x'.repeat(5_000)]).toEqual(expect.arrayContaining(texts));
      }),
      { numRuns: 300 },
    );
  });
});

describe('an entry', () => {
  it.each<[string, Partial<ZipSpec>]>([
    ['it is encrypted', { flags: 1 }],
    ['it is encrypted', { flags: 0x2000 }],
    ['it is a link', { mode: 0o120777 }],
    ...[
      '../a',
      'a/../../b',
      '/etc/passwd',
      'C:\\a',
      'c:/a',
      'a\\..\\b',
      'a\u0000.json',
      '\u001b[31m',
      '',
      'a'.repeat(1_001),
    ].map((name): [string, Partial<ZipSpec>] => ['its name is none of a file inside the archive', { name }]),
  ])('is refused: %s %j', async (reason, wrong) => {
    const name = wrong.name ?? 'a.json';
    expect(
      await read([
        { ...A, ...wrong },
        { ...A, name: 'good' },
      ]),
    ).toEqual({
      read: { good: '{"a":1}' },
      refused: [`${name.slice(0, 200)}: ${reason}`],
    });
  });

  it('is refused when another has its name', async () => {
    expect(await read([A, { ...A, content: '{"a":2}' }, { ...A, name: 'good' }])).toEqual({
      read: { good: '{"a":1}' },
      refused: ['a.json: the archive has several of this name'],
    });
  });

  it.each<[string, Partial<ZipSpec>]>([
    ['it is damaged', { crc: 7 }],
    ['it is damaged', { packed: Buffer.from('no deflate data') }],
    ['it is damaged', { bytes: 6 }],
    ['it is damaged', { bytes: 8 }],
    ['it is damaged', { method: 93, packed: ZSTD.subarray(0, 12) }],
    ['it is damaged', { method: 93, packed: ZSTD, bytes: 10 }],
    ['the directory and the entry contradict each other', { localName: 'b.json' }],
    ['it is packed by method 12, which is not read', { method: 12, packed: Buffer.from('x') }],
    ['it has 99999999 bytes, more than the 4194304 that are read', { bytes: 99_999_999 }],
    ['it unpacks to more than 500 times its size', { content: '\0'.repeat(4_000_000) }],
  ])('is not read: %s', async (reason, wrong) => {
    expect(await read([{ ...A, ...wrong }])).toEqual({ read: { 'a.json': `(${reason})` }, refused: [] });
  });
});
