import type { ZipFile } from './zip-file.ts';

/** Where the directory is. */
export interface ZipEnd {
  readonly entries: number;
  readonly directoryAt: number;
  readonly directoryBytes: number;
}

const [END_SIGNATURE, END_BYTES] = [0x06054b50, 22];
const [LOCATOR_SIGNATURE, LOCATOR_BYTES] = [0x07064b50, 20];
const [END64_SIGNATURE, END64_BYTES] = [0x06064b50, 56];
const LONGEST_COMMENT = 0xffff;
const [MAX_16, MAX_32] = [0xffff, 0xffffffff];

/** No log has so many samples, and each entry takes memory. */
const MOST_ENTRIES = 1_000_000;
const MOST_DIRECTORY_BYTES = 256 * 1024 * 1024;

/** Reads the record at the end of the archive. @returns why there is none that can be used, as text */
export async function readZipEnd(file: ZipFile): Promise<ZipEnd | string> {
  const tailAt = Math.max(0, file.bytes - END_BYTES - LONGEST_COMMENT);
  const tail = await file.read(tailAt, file.bytes - tailAt);
  const at = endIn(tail);
  if (at === undefined) return 'the zip archive is cut off, or bytes follow its end';
  const isSplit = tail.readUInt16LE(at + 4) !== 0 && tail.readUInt16LE(at + 4) !== MAX_16;
  if (isSplit) return 'the zip archive is one of several parts';
  const small: ZipEnd = {
    entries: tail.readUInt16LE(at + 10),
    directoryBytes: tail.readUInt32LE(at + 12),
    directoryAt: tail.readUInt32LE(at + 16),
  };
  const isLarge = small.entries === MAX_16 || small.directoryBytes === MAX_32 || small.directoryAt === MAX_32;
  const end = isLarge ? await readZip64End(file, tailAt + at) : small;
  if (end === undefined) return 'the zip archive is damaged at its end';
  if (end.entries > MOST_ENTRIES || end.directoryBytes > MOST_DIRECTORY_BYTES) {
    return `the zip archive has ${end.entries} entries, more than the ${MOST_ENTRIES} that are read`;
  }
  return end.directoryAt + end.directoryBytes > tailAt + at ? 'the zip archive is damaged at its end' : end;
}

/** The last place where the record stands and its comment ends with the file. */
function endIn(tail: Buffer): number | undefined {
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return undefined;
}

async function readZip64End(file: ZipFile, endAt: number): Promise<ZipEnd | undefined> {
  if (endAt < LOCATOR_BYTES + END64_BYTES) return undefined;
  const locator = await file.read(endAt - LOCATOR_BYTES, LOCATOR_BYTES);
  if (locator.readUInt32LE(0) !== LOCATOR_SIGNATURE) return undefined;
  const at = Number(locator.readBigUInt64LE(8));
  if (at + END64_BYTES > endAt) return undefined;
  const record = await file.read(at, END64_BYTES);
  if (record.length < END64_BYTES || record.readUInt32LE(0) !== END64_SIGNATURE) return undefined;
  return {
    entries: Number(record.readBigUInt64LE(32)),
    directoryBytes: Number(record.readBigUInt64LE(40)),
    directoryAt: Number(record.readBigUInt64LE(48)),
  };
}
