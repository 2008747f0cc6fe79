import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import type { SourceFile } from '../manifest/source-file.ts';

/** Reads a UTF-8 file, byte-order mark included, so that its text has the digest. @throws AigateError FILE_UNREADABLE also for bytes that are not UTF-8. */
export async function readText(cwd: string, path: string): Promise<SourceFile> {
  try {
    const bytes = await readFile(resolve(cwd, path));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, text, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (cause) {
    const reason = cause instanceof TypeError ? 'it is not UTF-8 text' : (cause as NodeJS.ErrnoException).code;
    throw new AigateError('FILE_UNREADABLE', `${path} cannot be read: ${reason}`, { cause });
  }
}
