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
import { readListedFile, splitLines } from './listed-file.ts';
import { readWhole } from './regular-file.ts';
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
  for (const entry of manifest.files) await exhaust(readListedFile(dir, entry));
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
    for await (const chunk of readListedFile(dir, entry(path))) parts.push(Buffer.from(chunk));
    return Buffer.concat(parts);
  };
  return {
    entry,
    text: async (path) => decodeUtf8(await bytes(path), path),
    json: async (path) => parseStrictJson(await bytes(path), path),
    lines: (path) => splitLines(readListedFile(dir, entry(path)), path),
  };
}

/** What is on disk and what is listed must be the same set, in both directions. */
function checkEntries({ files, folders }: Tree, manifest: BundleManifest): void {
  const listed = new Set(manifest.files.map(({ path }) => path));
  const [fileSet, folderSet] = [new Set(files), new Set(folders)];
  for (const path of listed) {
    if (folderSet.has(path)) throw new AigateError('BUNDLE_FILE_TYPE', `${path} is a folder`);
    if (!fileSet.has(path)) throw new AigateError('BUNDLE_FILE_MISSING', `${path} is missing`);
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

async function exhaust(chunks: AsyncGenerator<Buffer>): Promise<void> {
  while ((await chunks.next()).done !== true);
}
