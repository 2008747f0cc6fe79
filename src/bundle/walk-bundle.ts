import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import { CAPS } from './layout.ts';
import { mustBeRegular } from './regular-file.ts';
import { systemCode } from './system-code.ts';

/** Everything below a folder, as paths relative to it with POSIX separators, sorted. */
export interface Tree {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Lists a bundle without following a link.
 * @throws AigateError BUNDLE_UNREADABLE when it is no folder or holds too many entries, BUNDLE_FILE_TYPE for an entry
 * that is neither folder nor regular file
 */
export async function walkBundle(dir: string): Promise<Tree> {
  const files: string[] = [];
  const folders: string[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const name of await namesIn(join(dir, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const stats = await lstat(join(dir, path));
      if (stats.isDirectory()) {
        folders.push(path);
        pending.push(path);
      } else {
        mustBeRegular(stats, path);
        files.push(path);
      }
      // As many folders as files, and the few names of the layout.
      if (files.length + folders.length > 2 * CAPS.files) {
        throw new AigateError('BUNDLE_UNREADABLE', `the bundle holds more than ${2 * CAPS.files} entries`);
      }
    }
  }
  return { files: files.sort(), folders: folders.sort() };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const code = systemCode(cause);
    throw new AigateError('BUNDLE_UNREADABLE', `${folder} cannot be read as a folder: ${code ?? 'unknown reason'}`, {
      hint: 'Name the folder of one run, such as .aigate/evidence/<runId>.',
      cause,
    });
  }
}
