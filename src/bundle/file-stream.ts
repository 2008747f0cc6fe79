import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { asUnwritable } from './fs-errors.ts';

const BUFFER_CHARACTERS = 1024 * 1024;

/** What a finished file is: bytes and lower-case hex. */
export interface FileDigest {
  readonly size: number;
  readonly sha256: string;
}

/** A file that is hashed while it is written. */
export interface FileStream {
  /** Synchronous, so that a fast producer cannot run ahead of the disk. @throws AigateError OUTPUT_UNWRITABLE */
  write(content: string | Uint8Array): void;
  /** Writes what is buffered. @throws AigateError OUTPUT_UNWRITABLE */
  close(): FileDigest;
  /** Closes without writing what is buffered. */
  drop(): void;
}

/** Creates a file that must not exist yet; text is buffered up to about 1 MB. @throws AigateError OUTPUT_UNWRITABLE */
export function openFileStream(path: string): FileStream {
  const hash = createHash('sha256');
  const fd = attempt(path, () => openSync(path, 'wx', 0o644));
  let pending = '';
  let size = 0;
  const put = (bytes: Uint8Array): void => {
    hash.update(bytes);
    size += bytes.length;
    for (let at = 0; at < bytes.length; ) at += attempt(path, () => writeSync(fd, bytes, at));
  };
  const flush = (): void => {
    if (pending !== '') put(Buffer.from(pending));
    pending = '';
  };
  return {
    write(content) {
      if (typeof content === 'string') {
        pending += content;
        if (pending.length >= BUFFER_CHARACTERS) flush();
        return;
      }
      flush();
      put(content);
    },
    close() {
      flush();
      attempt(path, () => closeSync(fd));
      return { size, sha256: hash.digest('hex') };
    },
    drop: () => closeSync(fd),
  };
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw asUnwritable(path, cause);
  }
}
