import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/** Longest file that is read; hand-written code is far shorter. */
const MOST_BYTES = 1024 * 1024;

/** Reads a file below the root; undefined = too large, unreadable, no regular file, or behind a link. */
export type ReadSource = (path: string) => Promise<Buffer | undefined>;

/** A reader that follows no symlink, neither of files nor of folders. Folders are looked at once. */
export function createSourceReader(root: string): ReadSource {
  const folders = new Map<string, Promise<boolean>>();
  const isReal = (folder: string): Promise<boolean> => {
    const known = folders.get(folder) ?? isUnlinked(root, folder);
    folders.set(folder, known);
    return known;
  };
  return async (path) => ((await isReal(dirname(path))) ? readRegular(join(root, path)) : undefined);
}

/** The root itself may be reached through a link: whoever named it chose it. */
async function isUnlinked(root: string, folder: string): Promise<boolean> {
  try {
    const [top, real] = [await realpath(resolve(root)), await realpath(resolve(root, folder))];
    return real === join(top, folder) && (real === top || real.startsWith(top.endsWith(sep) ? top : top + sep));
  } catch {
    return false;
  }
}

async function readRegular(path: string): Promise<Buffer | undefined> {
  try {
    // Not waiting: a pipe that nobody writes into must be refused, not waited for.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > MOST_BYTES) return undefined;
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(stat.size), 0, stat.size, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    // Whatever the reason, nothing is known about the file, and that is what is reported.
    return undefined;
  }
}

/** Text of a source: UTF-8, or UTF-16 with its mark; marks are left out, what is no character becomes U+FFFD. */
export function decodeSource(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isSwapped = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!isWide && !isSwapped) return bytes.toString('utf8').replace(/^\uFEFF/, '');
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (isWide ? even : Buffer.from(even).swap16()).toString('utf16le').replace(/^\uFEFF/, '');
}
