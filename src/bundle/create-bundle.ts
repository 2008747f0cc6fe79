import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import { type BundleEntry, RUN_ID, renderManifest } from './bundle-manifest.ts';
import { type FileDigest, type FileStream, openFileStream } from './file-stream.ts';
import { asUnwritable } from './fs-errors.ts';
import { isListedPath, MANIFEST_FILE } from './layout.ts';
import { makeFolder } from './make-folder.ts';

/** A file to be listed: its path below `files/`, and what it is for readers of the manifest. */
export interface FileSpec {
  readonly path: string;
  readonly mediaType: string;
  readonly role: string;
}

/** A file that grows line by line. One of `close` and `discard` must be called before `commit`. */
export interface OpenFile {
  /** @throws AigateError OUTPUT_UNWRITABLE */
  write(text: string): void;
  close(): Promise<FileDigest>;
  /** Removes the file; its path is free again. */
  discard(): Promise<void>;
}

/** A bundle in the making. Nothing of it is visible under its name until `commit`. */
export interface BundleWriter {
  /** @throws AigateError OUTPUT_UNWRITABLE, or BUNDLE_PATH for a path that may not be listed or already is */
  add(file: FileSpec & { readonly content: string | Uint8Array }): Promise<void>;
  /** @throws as `add` */
  openFile(file: FileSpec): OpenFile;
  /** Writes the manifest and gives the folder its name in one step. @throws AigateError OUTPUT_UNWRITABLE */
  commit(): Promise<{ readonly dir: string; readonly manifestSha256: string }>;
  /** Removes what was written; after `commit` it does nothing. */
  abort(): Promise<void>;
}

/** Where a bundle goes: `<outDir>/<runId>`. `outDir` is created when it is missing. */
export interface BundlePlace {
  /** Absolute. */
  readonly outDir: string;
  /** See `RUN_ID`. */
  readonly runId: string;
}

/**
 * Starts a bundle in a hidden folder beside its later place, so that a killed process leaves no half bundle under the
 * name of a run. Such leftovers never disturb a later run.
 * @throws AigateError OUTPUT_UNWRITABLE, or PATH_ESCAPES when `outDir` is a symbolic link
 */
export async function createBundle({ outDir, runId }: BundlePlace): Promise<BundleWriter> {
  if (!RUN_ID.test(runId)) throw new AigateError('PATH_ESCAPES', `${JSON.stringify(runId)} is not a run id`);
  const staging = join(outDir, `.${runId}.partial-${randomUUID()}`);
  await writing(outDir, async () => {
    await makeFolder(outDir);
    await refuseLink(outDir);
    await mkdir(staging, { mode: 0o755 });
  });
  const open = new Set<FileStream>();
  const listed = new Map<string, BundleEntry | undefined>();
  const openFile = (file: FileSpec) => openListed({ staging, open, listed }, file);
  return {
    openFile,
    async add({ content, ...file }) {
      const target = openFile(file);
      target.write(content);
      await target.close();
    },
    async commit() {
      if (open.size > 0) throw new Error('a file of the bundle is still open');
      const entries = [...listed.values()].filter((entry) => entry !== undefined);
      const manifest = renderManifest(runId, entries);
      const dir = join(outDir, runId);
      await writing(dir, async () => {
        await writeFile(join(staging, MANIFEST_FILE), manifest, { flag: 'wx', mode: 0o644 });
        await rename(staging, dir);
      });
      return { dir, manifestSha256: createHash('sha256').update(manifest).digest('hex') };
    },
    async abort() {
      for (const stream of open) stream.drop();
      open.clear();
      await rm(staging, { recursive: true, force: true });
    },
  };
}

interface Staged {
  readonly staging: string;
  readonly open: Set<FileStream>;
  /** By lower-case path; undefined while the file is open. */
  readonly listed: Map<string, BundleEntry | undefined>;
}

function openListed({ staging, open, listed }: Staged, file: FileSpec) {
  const key = file.path.toLowerCase();
  if (!isListedPath(file.path)) throw new AigateError('BUNDLE_PATH', `${JSON.stringify(file.path)} may not be listed`);
  if (listed.has(key)) throw new AigateError('BUNDLE_PATH', `${file.path} is already in the bundle`);
  const location = join(staging, file.path);
  const stream = create(location);
  open.add(stream);
  listed.set(key, undefined);
  return {
    write: stream.write,
    async close(): Promise<FileDigest> {
      const digest = stream.close();
      open.delete(stream);
      listed.set(key, { ...file, ...digest });
      return digest;
    },
    async discard(): Promise<void> {
      stream.drop();
      open.delete(stream);
      listed.delete(key);
      rmSync(location);
    },
  };
}

function create(location: string): FileStream {
  try {
    mkdirSync(dirname(location), { recursive: true, mode: 0o755 });
  } catch (cause) {
    throw asUnwritable(location, cause);
  }
  return openFileStream(location);
}

async function refuseLink(outDir: string): Promise<void> {
  if (!(await lstat(outDir)).isSymbolicLink()) return;
  throw new AigateError('PATH_ESCAPES', `${outDir} is a symbolic link`, {
    hint: 'Name the folder it points to with --out.',
  });
}

async function writing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw asUnwritable(path, cause);
  }
}
