import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asUnwritable } from '../../bundle/fs-errors.ts';
import { AigateError } from '../../contract/errors.ts';
import type { RepositoryFacts } from '../../contract/repository-facts.ts';
import { recordingCandidates } from '../../inspect/repository/known-files.ts';
import { readRepository } from '../../inspect/repository/read-repository.ts';
import { scanCode } from '../../inspect/scan/scan-code.ts';
import { draftManifest } from '../../manifest/draft/draft-manifest.ts';
import { matchingFiles } from '../../manifest/matching-files.ts';
import { parseManifest } from '../../manifest/parse-manifest.ts';
import { CHECKS } from '../catalogue.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { profileOf } from '../profile-recording.ts';

export interface InitOptions {
  /** Folder of the repository, relative to cwd. */
  readonly target: string;
  /** To standard output instead of a file. */
  readonly print: boolean;
  /** Also over a manifest that is there. */
  readonly force: boolean;
}

const MANIFEST = 'aigate.yaml';
const SCHEMA = './node_modules/aigate/schema/aigate.schema.json';
/** Recordings that are looked into, the smallest paths first: enough to see how the team records. */
const MOST_RECORDINGS = 20;

/** Reads a repository and writes a manifest that runs, with every guess marked. @throws AigateError USAGE */
export async function init(io: Io, { target, print, force }: InitOptions): Promise<ExitCode> {
  const root = resolve(io.cwd, target);
  const { files: paths } = await matchingFiles(root, '**').catch((cause: unknown) => {
    throw new AigateError('FILE_UNREADABLE', `${target} cannot be read`, { cause });
  });
  if (!print && !force && paths.includes(MANIFEST)) {
    throw new AigateError('USAGE', `${join(target, MANIFEST)} is there already`, {
      hint: 'Use --print to see what would be written, or --force to replace it.',
    });
  }
  const facts = await readRepository({
    root,
    paths,
    scan: await scanCode({ root, paths }),
    recordings: await recordingsIn(io, root, recordingCandidates(paths)),
  });
  const draft = draftManifest(facts, { folder: basename(root), schema: SCHEMA });
  // What it writes must be valid: a draft that is not would be a defect of this program.
  parseManifest({ path: MANIFEST, text: draft.text, sha256: '' }, CHECKS);
  if (print) io.stdout.write(draft.text);
  else await writeManifest(join(root, MANIFEST), draft.text);
  const written = print
    ? ''
    : `Wrote ${relative(io.cwd, join(root, MANIFEST))} with ${draft.guesses} guesses, each marked "guess".\n`;
  const next = `Then run:\n  aigate plan ${target}\n  aigate check ${target}\n`;
  io.stderr.write(`${written}For people to decide:\n${draft.decisions.map((text) => `  - ${text}\n`).join('')}${next}`);
  return EXIT.OK;
}

async function writeManifest(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw asUnwritable(MANIFEST, cause);
  }
}

/** Candidates that hold runs. What cannot be read, or is no recording, is passed over. */
async function recordingsIn(
  io: Io,
  root: string,
  candidates: readonly string[],
): Promise<RepositoryFacts['recordings']> {
  const found: { path: string; profile: Awaited<ReturnType<typeof profileOf>> }[] = [];
  for (const path of candidates.slice(0, MOST_RECORDINGS)) {
    const profile = await profileOf({ ...io, cwd: root }, path, await keysIn(join(root, path))).catch(
      (cause: unknown) => {
        if (cause instanceof AigateError) return undefined;
        throw cause;
      },
    );
    if (profile !== undefined && profile.population.runs > 0) found.push({ path, profile });
  }
  return found;
}

/** Bytes at the beginning in which the keys of attributes are looked for. */
const SAMPLE_BYTES = 262_144;
const MOST_KEYS = 300;

/** Names in a recording that may tell tasks apart: whatever stands where a key stands. */
async function keysIn(path: string): Promise<readonly string[]> {
  const bytes = await readFile(path);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const head = (isPacked ? gunzipSync(bytes) : bytes).subarray(0, SAMPLE_BYTES).toString('utf8');
  const keys = [...head.matchAll(/"key"\s*:\s*"([\w.:/-]{1,80})"|"([\w.-]{1,60})"\s*:/g)].map(
    ([, attribute, member]) => attribute ?? member ?? '',
  );
  return [...new Set(keys)].slice(0, MOST_KEYS);
}
