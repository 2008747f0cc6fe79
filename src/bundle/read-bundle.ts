import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import { type BundleEntry, type BundleManifest, parseManifest } from './bundle-manifest.ts';
import {
  ATTESTATIONS_FOLDER,
  CAPS,
  FILES_FOLDER,
  GATE_RESULT_ATTESTATION,
  MANIFEST_FILE,
  RELEASE_ATTESTATION,
} from './layout.ts';
import { readChunks, readWhole } from './regular-file.ts';
import type { Attestation } from './sigstore-bundle.ts';
import { decodeUtf8, parseStrictJson } from './strict-json.ts';
import { type Tree, walkBundle } from './walk-bundle.ts';

/**
 * A bundle that is complete and unchanged with respect to its own manifest; who vouches for the manifest is a question
 * of its own. Every read checks size and digest again, so that what is used is what was verified.
 */
export interface Bundle {
  /** Absolute. */
  readonly dir: string;
  readonly manifest: BundleManifest;
  /** SHA-256 of `manifest.json`, lower-case hex: the identity of the bundle. */
  readonly manifestSha256: string;
  /** Not verified; undefined where there is none. */
  readonly attestations: { readonly gateResult: Attestation | undefined; readonly release: Attestation | undefined };
  /** @throws AigateError BUNDLE_FILE_MISSING when the manifest does not list it; so do all reads */
  entry(path: string): BundleEntry;
  /** A UTF-8 file of at most 64 MB. @throws AigateError BUNDLE_UNREADABLE, BUNDLE_FILE_CHANGED */
  text(path: string): Promise<string>;
  /** A JSON file read strictly: see `parseStrictJson`. @throws as `text` */
  json(path: string): Promise<unknown>;
  /**
   * The lines of a UTF-8 file without their newline, in memory for one line. The digest is checked when the last line
   * was taken: rely on nothing before that.
   * @throws AigateError BUNDLE_UNREADABLE, BUNDLE_FILE_CHANGED
   */
  lines(path: string): AsyncGenerator<string>;
}

/** Reads manifest and attestations, and checks every file against the manifest. @throws AigateError BUNDLE_… */
export async function readBundle(dir: string): Promise<Bundle> {
  const tree = await walkBundle(dir);
  if (!tree.files.includes(MANIFEST_FILE)) {
    throw new AigateError('BUNDLE_UNREADABLE', `${dir} holds no ${MANIFEST_FILE}`, {
      hint: 'Name the folder of one run, such as .aigate/evidence/<runId>.',
    });
  }
  const bytes = await readWhole({ location: join(dir, MANIFEST_FILE), path: MANIFEST_FILE }, CAPS.manifestBytes);
  const manifest = parseManifest(bytes);
  checkEntries(tree, manifest);
  for (const entry of manifest.files) await exhaust(readEntry(dir, entry));
  const attestation = async (path: string): Promise<Attestation | undefined> =>
    tree.files.includes(path)
      ? { path, bytes: await readWhole({ location: join(dir, path), path }, CAPS.attestationBytes) }
      : undefined;
  return {
    dir,
    manifest,
    manifestSha256: createHash('sha256').update(bytes).digest('hex'),
    attestations: {
      gateResult: await attestation(GATE_RESULT_ATTESTATION),
      release: await attestation(RELEASE_ATTESTATION),
    },
    ...readers(dir, manifest),
  };
}

function readers(dir: string, manifest: BundleManifest): Pick<Bundle, 'entry' | 'text' | 'json' | 'lines'> {
  const entries = new Map(manifest.files.map((entry) => [entry.path, entry]));
  const entry = (path: string): BundleEntry => {
    const found = entries.get(path);
    if (found === undefined) throw new AigateError('BUNDLE_FILE_MISSING', `${MANIFEST_FILE} does not list ${path}`);
    return found;
  };
  const bytes = async (path: string): Promise<Buffer> => {
    if (entry(path).size > CAPS.textBytes) {
      throw new AigateError('BUNDLE_UNREADABLE', `${path} is larger than ${CAPS.textBytes} bytes`);
    }
    const parts: Buffer[] = [];
    for await (const chunk of readEntry(dir, entry(path))) parts.push(Buffer.from(chunk));
    return Buffer.concat(parts);
  };
  return {
    entry,
    text: async (path) => decodeUtf8(await bytes(path), path),
    json: async (path) => parseStrictJson(await bytes(path), path),
    lines: (path) => splitLines(readEntry(dir, entry(path)), path),
  };
}

/** What is on disk and what is listed must be the same set, in both directions. */
function checkEntries({ files, folders }: Tree, manifest: BundleManifest): void {
  const listed = new Set(manifest.files.map(({ path }) => path));
  const isOnDisk = new Set(files);
  for (const path of listed) {
    if (folders.includes(path)) throw new AigateError('BUNDLE_FILE_TYPE', `${path} is a folder`);
    if (!isOnDisk.has(path)) throw new AigateError('BUNDLE_FILE_MISSING', `${path} is missing`);
  }
  const known = new Set([...listed, MANIFEST_FILE, GATE_RESULT_ATTESTATION, RELEASE_ATTESTATION]);
  const parents = [...listed].flatMap((path) => ancestors(path));
  const knownFolders = new Set([ATTESTATIONS_FOLDER, FILES_FOLDER, ...parents]);
  const stranger = files.find((path) => !known.has(path)) ?? folders.find((path) => !knownFolders.has(path));
  if (stranger === undefined) return;
  throw new AigateError('BUNDLE_FILE_UNLISTED', `${stranger} is not listed in ${MANIFEST_FILE}`, {
    hint: 'Remove what was added, or ask for the bundle again.',
  });
}

function ancestors(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'));
}

/** The bytes of a listed file in pieces. Reading them to the end proves size and digest. */
async function* readEntry(dir: string, { path, size, sha256 }: BundleEntry): AsyncGenerator<Buffer> {
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

async function exhaust(chunks: AsyncGenerator<Buffer>): Promise<void> {
  while ((await chunks.next()).done !== true);
}

async function* splitLines(chunks: AsyncGenerator<Buffer>, path: string): AsyncGenerator<string> {
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
