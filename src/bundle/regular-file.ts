import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AigateError } from '../contract/errors.ts';
import { asUnreadable, systemCode } from './fs-errors.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Where a file is and how messages name it. */
export interface FilePlace {
  /** Absolute. */
  readonly location: string;
  /** Relative to the bundle. */
  readonly path: string;
}

/**
 * The bytes of a regular file in pieces, opened once and not through a symbolic link. A piece is valid until the next.
 * @throws AigateError BUNDLE_FILE_TYPE for anything but a file with one name, BUNDLE_FILE_MISSING, BUNDLE_UNREADABLE
 */
export async function* readChunks({ location, path }: FilePlace): AsyncGenerator<Buffer> {
  const handle = await openFile({ location, path });
  try {
    mustBeRegular(await handle.stat(), path);
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw asUnreadable(path, cause);
  } finally {
    await handle.close();
  }
}

/** The bytes of a regular file that holds at most `limit` bytes. @throws as `readChunks` */
export async function readWhole(place: FilePlace, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of readChunks(place)) {
    size += chunk.length;
    if (size > limit) throw new AigateError('BUNDLE_UNREADABLE', `${place.path} is larger than ${limit} bytes`);
    parts.push(Buffer.from(chunk));
  }
  return Buffer.concat(parts);
}

/** A second name (hard link) would let the content change from outside the bundle. @throws AigateError */
export function mustBeRegular(stats: Stats, path: string): void {
  const fault = stats.isFile() ? (stats.nlink > 1 ? 'has a hard link' : undefined) : 'is not a regular file';
  if (fault === undefined) return;
  throw new AigateError('BUNDLE_FILE_TYPE', `${path} ${fault}`, {
    hint: 'A bundle holds plain files only; copy it again from where it was written.',
  });
}

async function openFile({ location, path }: FilePlace): Promise<FileHandle> {
  try {
    // Non-blocking, because opening a named pipe would otherwise wait for a writer.
    return await open(location, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT') throw new AigateError('BUNDLE_FILE_MISSING', `${path} is missing`, { cause });
    if (code === 'ELOOP' || code === 'ENXIO') {
      throw new AigateError('BUNDLE_FILE_TYPE', `${path} is not a regular file`, { cause });
    }
    throw asUnreadable(path, cause);
  }
}
