import { promisify } from 'node:util';
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib';
import { unpackZstd } from './unpack-zstd.ts';
import type { ZipEntry } from './zip-directory.ts';
import type { ZipFile } from './zip-file.ts';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** Extra fields of an entry: times and the sizes of zip64. */
const USUAL_EXTRA_BYTES = 64;
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
  const packed = await readPacked(file, entry);
  if (typeof packed === 'string') return packed;
  if (packed.length < entry.packedBytes) return 'it is cut off';
  const content = await unpack(packed, entry);
  if (typeof content === 'string') return content;
  return content.length === entry.bytes && crc32(content) === entry.crc32 ? content : 'it is damaged';
}

/** In one reading where the extra fields of the entry are as long as they mostly are: logs have thousands of entries. */
async function readPacked(file: ZipFile, entry: ZipEntry): Promise<Buffer | string> {
  const { at, name, packedBytes } = entry;
  const read = await file.read(at, LOCAL_BYTES + Buffer.byteLength(name) + USUAL_EXTRA_BYTES + packedBytes);
  if (read.length < LOCAL_BYTES || read.readUInt32LE(0) !== LOCAL_SIGNATURE) return 'it is not where it should be';
  const nameEnd = LOCAL_BYTES + read.readUInt16LE(26);
  if (read.toString('utf8', LOCAL_BYTES, nameEnd) !== name || read.readUInt16LE(8) !== entry.method) {
    return 'the directory and the entry contradict each other';
  }
  const from = nameEnd + read.readUInt16LE(28);
  const packed = read.subarray(from, from + packedBytes);
  return packed.length === packedBytes ? packed : file.read(at + from, packedBytes);
}

async function unpack(packed: Buffer, { method, bytes }: ZipEntry): Promise<Buffer | string> {
  try {
    if (method === STORED) return packed;
    // One byte more than there should be, so that no more is unpacked, and an empty entry is no error.
    const limit = { maxOutputLength: bytes + 1 };
    // For a small one the way to another thread and back takes longer than the unpacking.
    if (method === DEFLATED) return bytes < SMALL ? inflateRawSync(packed, limit) : await inflate(packed, limit);
    if (method === ZSTD) return unpackZstd(packed, bytes);
    return `it is packed by method ${method}, which is not read`;
  } catch {
    return 'it is damaged';
  }
}
