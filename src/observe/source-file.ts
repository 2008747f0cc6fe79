import { createHash } from 'node:crypto';
import { constants, type FileHandle, open, realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AigateError } from '../contract/errors.ts';
import type { LineSplitter } from './line-splitter.ts';

const READ_BYTES = 1024 * 1024;
const MAGIC_BYTES = 4;

/** A recording opened for reading. */
export interface SourceFile {
  readonly handle: FileHandle;
  readonly packing: 'plain' | 'gzip' | 'zstd' | 'zip';
  /** Size when it was opened. */
  readonly bytes: number;
}

/** What was found in the bytes of a file. */
export interface FileFacts {
  /** Of the bytes as given, packed or not; lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Why unpacking stopped before the end; undefined = it did not. */
  readonly damage: string | undefined;
}

/**
 * Opens a declared recording. The packing is read from the content, never from the name.
 * @throws AigateError PATH_ESCAPES when it is outside `root`, also through a symlink; FILE_UNREADABLE.
 */
export async function openSource(root: string, recording: string): Promise<SourceFile> {
  if (!isInside(resolve(root), resolve(root, recording))) throw escapes(recording);
  try {
    const path = await realpath(resolve(root, recording));
    if (!isInside(await realpath(root), path)) throw escapes(recording);
    // Not waiting: a pipe that nobody writes into must be refused, not waited for.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await handle.stat();
    if (!stat.isFile()) {
      await handle.close();
      throw new AigateError('FILE_UNREADABLE', `recording ${recording} is not a regular file`);
    }
    return { handle, packing: await packingOf(handle), bytes: stat.size };
  } catch (cause) {
    if (cause instanceof AigateError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause;
    throw new AigateError('FILE_UNREADABLE', `recording ${recording} cannot be read: ${code}`, {
      hint: 'Record it, or remove it from sources in the manifest.',
      cause,
    });
  }
}

export interface ReadOptions {
  readonly signal: AbortSignal | undefined;
  /** Awaited whenever lines were handed on. */
  readonly afterBlock: () => Promise<void>;
}

/** Reads a file to its end, through the splitter unless its packing is not understood. */
export async function readSource(
  { handle, packing }: SourceFile,
  lines: LineSplitter,
  { signal, afterBlock }: ReadOptions,
): Promise<FileFacts> {
  const hash = createHash('sha256');
  let position = 0;
  const readInto = async (buffer: Buffer): Promise<Buffer> => {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    position += bytesRead;
    const read = buffer.subarray(0, bytesRead);
    hash.update(read);
    return read;
  };
  const readRest = async () => {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    while ((await readInto(buffer)).length > 0);
  };
  let damage: string | undefined;
  if (packing === 'plain') {
    for (let read = await readInto(lines.space()); read.length > 0; read = await readInto(lines.space())) {
      lines.advance(read.length);
      await afterBlock();
    }
  } else if (packing === 'gzip') {
    damage = await gunzip(readInto, lines, { signal, afterBlock });
    // A damaged stream is not read to its end, but the digest is of all bytes.
    await readRest();
  } else await readRest();
  return { sha256: hash.digest('hex'), bytes: position, damage };
}

async function gunzip(
  readInto: (buffer: Buffer) => Promise<Buffer>,
  lines: LineSplitter,
  { signal, afterBlock }: ReadOptions,
): Promise<string | undefined> {
  let fed = 0;
  async function* packed() {
    for (let read = await readInto(Buffer.allocUnsafe(READ_BYTES)); read.length > 0; ) {
      fed += read.length;
      yield read;
      read = await readInto(Buffer.allocUnsafe(READ_BYTES));
    }
  }
  const unzip = createGunzip({ chunkSize: READ_BYTES });
  let isWhole = false;
  try {
    await pipeline(Readable.from(packed(), { objectMode: false }), unzip, async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        copyInto(lines, chunk);
        await afterBlock();
      }
      isWhole = true;
    });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')) {
      return `the gzip data are damaged, cut off or followed by other bytes (${cause.message}); only what was unpacked before that block is kept`;
    }
    // Data that end before the file does leave the rest unfed, which the pipeline reports as its own abortion.
    if (!isWhole || signal?.aborted === true) throw cause;
  }
  const unread = fed - unzip.bytesWritten;
  return unread > 0 ? `${unread} bytes follow the end of the gzip data` : undefined;
}

function copyInto(lines: LineSplitter, chunk: Buffer): void {
  for (let from = 0; from < chunk.length; ) {
    const copied = chunk.copy(lines.space(), 0, from);
    lines.advance(copied);
    from += copied;
  }
}

async function packingOf(handle: FileHandle): Promise<SourceFile['packing']> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
  const magic = buffer.subarray(0, bytesRead).toString('hex');
  if (magic.startsWith('1f8b')) return 'gzip';
  // An archive, and one without entries.
  if (magic === '504b0304' || magic === '504b0506') return 'zip';
  return magic === '28b52ffd' ? 'zstd' : 'plain';
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

function escapes(recording: string): AigateError {
  return new AigateError('PATH_ESCAPES', `recording ${recording} is outside the folder of the manifest`, {
    hint: 'Copy it next to the manifest, or into a folder below it.',
  });
}
