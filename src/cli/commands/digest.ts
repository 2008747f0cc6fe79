import { digestRelease } from '../../manifest/release-digest.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { readWorkTree } from '../git.ts';
import type { Io } from '../io.ts';
import { loadManifest } from '../load-plan.ts';

/**
 * Prints what recordings must carry so that they count for this release: as `KEY=VALUE` for
 * OTEL_RESOURCE_ATTRIBUTES, or as JSON with the digest of every file.
 */
export async function digest(io: Io, options: { readonly target: string; readonly json: boolean }): Promise<ExitCode> {
  const { root, manifest } = await loadManifest(io.cwd, options.target);
  const { artifactsDigest, files } = await digestRelease(root, manifest);
  const { revision, isDirty } = (await readWorkTree(root))(files.map(({ path }) => path));
  if (options.json) {
    const known = { artifactsDigest, revision: revision ?? null, isDirty: isDirty ?? null, files };
    io.stdout.write(`${JSON.stringify(known, null, 2)}\n`);
    return EXIT.OK;
  }
  const attributes = [`aigate.artifacts.digest=${artifactsDigest}`];
  if (revision !== undefined && isDirty === false) attributes.push(`vcs.ref.head.revision=${revision}`);
  io.stdout.write(`${attributes.join(',')}\n`);
  io.stderr.write(`${files.length} files. Record with OTEL_RESOURCE_ATTRIBUTES set to the line above.\n`);
  return EXIT.OK;
}
