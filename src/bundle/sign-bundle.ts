import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { asUnwritable } from './fs-errors.ts';
import { ATTESTATIONS_FOLDER, RELEASE_ATTESTATION } from './layout.ts';
import { makeFolder } from './make-folder.ts';
import { verifyPins } from './pins.ts';
import { readBundle } from './read-bundle.ts';
import { readResultFacts } from './result-facts.ts';
import { signStatement } from './sigstore-bundle.ts';
import { type StatementSlot, statementSlots, verifySlot } from './verify-attestations.ts';
import { type Recompute, verifyVerdict } from './verify-verdict.ts';

export interface SignRequest {
  readonly dir: string;
  readonly privateKey: KeyObject;
  /**
   * Judges the bundle again before anything is signed. Give it wherever the bundle was not written by this very
   * process: generic verifiers trust the signature and never look at the evidence.
   */
  readonly recompute?: Recompute;
  /**
   * The commit that the caller vouches for. With `recompute`, no release statement is signed without it: the bundle
   * names its commit itself, and nothing in it can prove that the judged files are in that commit.
   */
  readonly commit?: string | undefined;
}

/**
 * Signs the gate result, and the release where the results allow one. Signing twice with one key changes nothing; an
 * attestation that is missing is added.
 * @returns paths of the attestations the bundle now holds, relative to it
 * @throws AigateError BUNDLE_… for a damaged bundle, VERDICT_MISMATCH, SIGNATURE_INVALID when another key has signed
 * it, STATEMENT_MISMATCH, PIN_MISMATCH, KEY_UNUSABLE, OUTPUT_UNWRITABLE
 */
export async function signBundle(request: SignRequest): Promise<{ readonly attestations: readonly string[] }> {
  const dir = resolve(request.dir);
  const bundle = await readBundle(dir);
  const facts = await readResultFacts(bundle);
  if (request.commit !== undefined) verifyPins(bundle, facts, { commit: request.commit });
  if (request.recompute !== undefined) await verifyVerdict(bundle, request.recompute);
  const isCommitVouchedFor = request.recompute === undefined || request.commit !== undefined;
  const slots = statementSlots(bundle, facts).filter(
    ({ path, found }) => path !== RELEASE_ATTESTATION || found !== undefined || isCommitVouchedFor,
  );
  const publicKey = createPublicKey(request.privateKey);
  for (const slot of slots) verifySlot(slot, publicKey);
  // The gate result first: a release statement never stands alone, wherever the process is killed.
  for (const slot of slots) await fill(slot, dir, request.privateKey);
  return { attestations: slots.filter(({ expected }) => expected !== undefined).map(({ path }) => path) };
}

/** Written beside the bundle, then renamed: an attestation is whole or not there, and no leftover spoils the bundle. */
async function fill({ path, expected, found }: StatementSlot, dir: string, privateKey: KeyObject): Promise<void> {
  if (expected === undefined || found !== undefined) return;
  const text = signStatement(expected, privateKey);
  const temporary = join(dirname(dir), `.${basename(dir)}.attestation-${randomUUID()}`);
  try {
    await makeFolder(join(dir, ATTESTATIONS_FOLDER));
    await writeFile(temporary, text, { flag: 'wx', mode: 0o644 });
    await rename(temporary, join(dir, path));
  } catch (cause) {
    // What went wrong first is what is reported.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asUnwritable(join(dir, path), cause);
  }
}
