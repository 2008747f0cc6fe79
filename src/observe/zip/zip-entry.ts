import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { unpackZstd } from './unpack-zstd.ts';
import type { ZipEntry } from './zip-directory.ts';
import type { ZipFile } from './zip-file.ts';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const [STORED, DEFLATED, ZSTD] = [0, 8, 93];

/** How much may be unpacked. */
export interface UnpackLimits {
  /** Of one entry, packed and unpacked. */
  readonly bytes: number;
  /** How many times larger than packed, where that is more than a megabyte. Logs are up to some fifty times. */
  readonly ratio: number;
}

const SMALL = 1024 * 1024;
const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/** The content of an entry, checked by its length and checksum. @returns why it cannot be had, as text */
export async function unpackEntry(file: ZipFile, entry: ZipEntry, limits: UnpackLimits): Promise<Buffer | string> {
  if (entry.bytes > limits.bytes || entry.packedBytes > limits.bytes) {
    return `it has ${entry.bytes} bytes, more than the ${limits.bytes} that are read`;
  }
  if (entry.bytes > SMALL && entry.bytes > entry.packedBytes * limits.ratio) {
    return `it unpacks to more than ${limits.ratio} times its size`;
  }
  const header = await file.read(entry.at, LOCAL_BYTES);
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL_SIGNATURE) return 'it is not where it should be';
  const name = await file.read(entry.at + LOCAL_BYTES, header.readUInt16LE(26));
  if (name.toString('utf8') !== entry.name || header.readUInt16LE(8) !== entry.method) {
    return 'the directory and the entry contradict each other';
  }
  const from = entry.at + LOCAL_BYTES + name.length + header.readUInt16LE(28);
  const packed = await file.read(from, entry.packedBytes);
  if (packed.length < entry.packedBytes) return 'it is cut off';
  const content = await unpack(packed, entry);
  if (typeof content === 'string') return content;
  return content.length === entry.bytes && crc32(content) === entry.crc32 ? content : 'it is damaged';
}

async function unpack(packed: Buffer, { method, bytes }: ZipEntry): Promise<Buffer | string> {
  try {
    if (method === STORED) return packed;
    // One byte more than there should be, so that no more is unpacked, and an empty entry is no error.
    if (method === DEFLATED) return await inflate(packed, { maxOutputLength: bytes + 1 });
    if (method === ZSTD) return unpackZstd(packed, bytes);
    return `it is packed by method ${method}, which is not read`;
  } catch {
    return 'it is damaged';
  }
}
