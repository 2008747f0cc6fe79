import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip archive, and what is to be wrong with it. */
export interface ZipSpec {
  readonly name: string;
  readonly content: string | Buffer;
  /** 0 stored, 8 deflated (default), or any other with `packed`. */
  readonly method?: number;
  /** Instead of the packed content. */
  readonly packed?: Buffer;
  readonly flags?: number;
  /** Unix mode in the directory, such as that of a link. */
  readonly mode?: number;
  readonly crc?: number;
  /** What the directory says of its length. */
  readonly bytes?: number;
  /** Name in its own header. */
  readonly localName?: string;
  /** Where the directory says that it begins. */
  readonly at?: number;
}

export interface ZipOptions {
  /** Sizes and places in 64 bits. */
  readonly isZip64?: boolean;
  readonly comment?: string;
}

/** A zip archive. Source: PKWARE APPNOTE 6.3.10. */
export function zipArchive(specs: readonly ZipSpec[], { isZip64 = false, comment = '' }: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const spec of specs) {
    const [local, central] = entry(spec, at, isZip64);
    parts.push(local);
    directory.push(central);
    at += local.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...parts, listing, ...(isZip64 ? end64(specs.length, listing.length, at) : []), end()]);

  function end(): Buffer {
    const bytes = Buffer.alloc(22);
    bytes.writeUInt32LE(0x06054b50, 0);
    const [count, size, place] = isZip64 ? [0xffff, 0xffffffff, 0xffffffff] : [specs.length, listing.length, at];
    bytes.writeUInt16LE(count, 8);
    bytes.writeUInt16LE(count, 10);
    bytes.writeUInt32LE(size, 12);
    bytes.writeUInt32LE(place, 16);
    bytes.writeUInt16LE(Buffer.byteLength(comment), 20);
    return Buffer.concat([bytes, Buffer.from(comment)]);
  }
}

function entry(spec: ZipSpec, at: number, isZip64: boolean): [Buffer, Buffer] {
  const content = Buffer.from(spec.content);
  const { method = 8, flags = 0, mode = 0, bytes = content.length } = spec;
  const packed = spec.packed ?? (method === 8 ? deflateRawSync(content) : content);
  const crc = spec.crc ?? crc32(content);
  const localName = Buffer.from(spec.localName ?? spec.name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt16LE(localName.length, 26);
  const name = Buffer.from(spec.name);
  const place = spec.at ?? at;
  const extra = isZip64 ? zip64Extra([bytes, packed.length, place]) : Buffer.alloc(0);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(mode === 0 ? 20 : (3 << 8) | 20, 4);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(method, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(isZip64 ? 0xffffffff : packed.length, 20);
  central.writeUInt32LE(isZip64 ? 0xffffffff : bytes, 24);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt16LE(mode, 40);
  central.writeUInt32LE(isZip64 ? 0xffffffff : place, 42);
  return [Buffer.concat([local, localName, packed]), Buffer.concat([central, name, extra])];
}

function zip64Extra(values: readonly number[]): Buffer {
  // Another extra field before it: readers must look for theirs.
  const extra = Buffer.alloc(6 + 4 + 8 * values.length);
  extra.writeUInt16LE(0x5455, 0);
  extra.writeUInt16LE(2, 2);
  extra.writeUInt16LE(1, 6);
  extra.writeUInt16LE(8 * values.length, 8);
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 10 + 8 * index);
  return extra;
}

function end64(entries: number, bytes: number, at: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}
