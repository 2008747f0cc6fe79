import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import { asUnreadable } from './fs-errors.ts';
import { CAPS } from './layout.ts';
import { mustBeRegular } from './regular-file.ts';

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
  try {
    return await walk(dir);
  } catch (cause) {
    throw asUnreadable(dir, cause);
  }
}

async function walk(dir: string): Promise<Tree> {
  const files: string[] = [];
  const folders: string[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const name of await readdir(join(dir, folder))) {
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
