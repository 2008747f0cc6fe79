import { isInnocentPath } from './entry-path.ts';
import { readZipEnd } from './zip-end.ts';
import type { ZipFile } from './zip-file.ts';

/** One entry, as the directory at the end of the archive describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header begins. */
  readonly at: number;
}

export interface ZipDirectory {
  /** In the order of the directory. */
  readonly entries: readonly ZipEntry[];
  /** Why entries were left out. */
  readonly refused: readonly string[];
}

const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const ZIP64_EXTRA = 0x0001;
const [MAX_16, MAX_32] = [0xffff, 0xffffffff];
const ENCRYPTED = 0x2041;
/** Characters of a refused name, which may have 65,535. */
const SHOWN = 200;
const [UNIX, FILE_TYPE, SYMLINK] = [3, 0o170000, 0o120000];

/**
 * Reads the directory of a zip archive. Nothing is written anywhere, so that a name can do no harm; what only an attacker
 * writes is refused all the same. Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4.
 * @returns why it is no archive that can be read, as text
 */
export async function readZipDirectory(file: ZipFile): Promise<ZipDirectory | string> {
  const end = await readZipEnd(file);
  if (typeof end === 'string') return end;
  const bytes = await file.read(end.directoryAt, end.directoryBytes);
  const entries: ZipEntry[] = [];
  const refused: string[] = [];
  let at = 0;
  for (let i = 0; i < end.entries; i++) {
    const found = entryAt(bytes, at);
    if (found === undefined) return 'the zip directory is damaged';
    at = found.end;
    if (found.refusal === undefined) entries.push(found.entry);
    else refused.push(`${found.entry.name.slice(0, SHOWN)}: ${found.refusal}`);
  }
  if (at !== bytes.length) return 'the zip directory is damaged';
  if (overlap(entries, end.directoryAt)) return 'entries of the zip archive overlap';
  return withoutDoubles({ entries, refused });
}

interface FoundEntry {
  readonly entry: ZipEntry;
  readonly refusal: string | undefined;
  /** Where the next begins. */
  readonly end: number;
}

function entryAt(bytes: Buffer, at: number): FoundEntry | undefined {
  if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined;
  const nameEnd = at + ENTRY_BYTES + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const end = extraEnd + bytes.readUInt16LE(at + 32);
  if (end > bytes.length) return undefined;
  const sizes = sizesAt(bytes, { at, nameEnd, extraEnd });
  if (sizes === undefined) return undefined;
  const name = bytes.toString('utf8', at + ENTRY_BYTES, nameEnd);
  const entry = { name, method: bytes.readUInt16LE(at + 10), crc32: bytes.readUInt32LE(at + 16), ...sizes };
  const mode = bytes.readUInt16LE(at + 4) >> 8 === UNIX ? bytes.readUInt16LE(at + 40) : 0;
  const refusal =
    (bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0
      ? 'it is encrypted'
      : (mode & FILE_TYPE) === SYMLINK
        ? 'it is a link'
        : isInnocentPath(name)
          ? undefined
          : 'its name is none of a file inside the archive';
  return { entry, refusal, end };
}

interface EntryPlace {
  readonly at: number;
  readonly nameEnd: number;
  readonly extraEnd: number;
}

/** Sizes and place; what does not fit into 32 bits stands in an extra field, in this order. */
function sizesAt(
  bytes: Buffer,
  { at, nameEnd, extraEnd }: EntryPlace,
): Pick<ZipEntry, 'bytes' | 'packedBytes' | 'at'> | undefined {
  const small = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
  if (bytes.readUInt16LE(at + 34) === MAX_16) return undefined;
  if (!small.includes(MAX_32)) return { bytes: small[0] ?? 0, packedBytes: small[1] ?? 0, at: small[2] ?? 0 };
  let from = nameEnd;
  while (from + 4 <= extraEnd && bytes.readUInt16LE(from) !== ZIP64_EXTRA) from += 4 + bytes.readUInt16LE(from + 2);
  const until = Math.min(extraEnd, from + 4 + (from + 4 <= extraEnd ? bytes.readUInt16LE(from + 2) : 0));
  from += 4;
  const whole: number[] = [];
  for (const value of small) {
    if (value !== MAX_32) whole.push(value);
    else if (from + 8 > until) return undefined;
    else {
      whole.push(Number(bytes.readBigUInt64LE(from)));
      from += 8;
    }
  }
  return { bytes: whole[0] ?? 0, packedBytes: whole[1] ?? 0, at: whole[2] ?? 0 };
}

/** Whether two entries share bytes, or one reaches into the directory: how a small archive is made to unpack to a huge one. */
function overlap(entries: readonly ZipEntry[], directoryAt: number): boolean {
  let end = 0;
  for (const { at, packedBytes, name } of [...entries].sort((a, b) => a.at - b.at)) {
    if (at < end) return true;
    end = at + LOCAL_BYTES + Buffer.byteLength(name) + packedBytes;
  }
  return end > directoryAt;
}

/** Of two entries of one name nobody can tell which is meant. */
function withoutDoubles({ entries, refused }: ZipDirectory): ZipDirectory {
  const counts = new Map<string, number>();
  for (const { name } of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  const doubled = [...counts].filter(([, count]) => count > 1).map(([name]) => name);
  return {
    entries: entries.filter(({ name }) => counts.get(name) === 1),
    refused: [...refused, ...doubled.map((name) => `${name}: the archive has several of this name`)],
  };
}
