import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import type { BundleEntry } from './bundle-manifest.ts';
import { readChunks } from './regular-file.ts';

/** The bytes of a listed file in pieces. Reading them to the end proves size and digest. @throws AigateError */
export async function* readListedFile(dir: string, { path, size, sha256 }: BundleEntry): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let seen = 0;
  for await (const chunk of readChunks({ location: join(dir, path), path })) {
    seen += chunk.length;
    if (seen > size) break;
    hash.update(chunk);
    yield chunk;
  }
  if (seen !== size) throw new AigateError('BUNDLE_FILE_CHANGED', `${path} does not have the listed ${size} bytes`);
  const found = hash.digest('hex');
  if (found === sha256) return;
  throw new AigateError('BUNDLE_FILE_CHANGED', `${path} has sha256 ${found}, listed is ${sha256}`);
}

/** The lines of a UTF-8 file without their newline. @throws AigateError BUNDLE_UNREADABLE */
export async function* splitLines(chunks: AsyncGenerator<Buffer>, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (chunk?: Buffer): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new AigateError('BUNDLE_UNREADABLE', `${path} is not UTF-8 text`, { cause });
    }
  };
  let begun: string[] = [];
  for await (const chunk of chunks) {
    const [rest = '', ...complete] = decode(chunk).split('\n').reverse();
    if (complete.length > 0) {
      yield [...begun, complete.pop()].join('');
      begun = [];
      yield* complete.reverse();
    }
    begun.push(rest);
  }
  const last = [...begun, decode()].join('');
  if (last !== '') yield last;
}
