import type { FileHandle } from 'node:fs/promises';

/** A file of which any part can be read. */
export interface ZipFile {
  readonly bytes: number;
  /** Fewer bytes than asked for only at the end of the file. */
  read(at: number, bytes: number): Promise<Buffer>;
}

export function zipFile(handle: FileHandle, bytes: number): ZipFile {
  return {
    bytes,
    async read(at, wanted) {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(wanted, bytes - at)));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
  };
}
