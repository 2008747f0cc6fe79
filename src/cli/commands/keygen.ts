import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { asUnwritable, systemCode } from '../../bundle/fs-errors.ts';
import { generateKeyPair } from '../../bundle/keys.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** Writes a signing key and its public half; never over existing files. */
export async function keygen(
  io: Io,
  options: { readonly out: string; readonly type: 'p256' | 'ed25519' },
): Promise<ExitCode> {
  const pair = generateKeyPair(options.type);
  const [privatePath, publicPath] = [`${options.out}.key`, `${options.out}.pub`];
  await writeNew(resolve(io.cwd, privatePath), pair.privateKey, 0o600);
  await writeNew(resolve(io.cwd, publicPath), pair.publicKey, 0o644);
  io.stdout.write(`${privatePath}\n${publicPath}\n`);
  io.stderr.write('Keep the .key file out of the repository; give the .pub file to whoever verifies.\n');
  return EXIT.OK;
}

async function writeNew(path: string, content: string, mode: number): Promise<void> {
  try {
    const file = await open(path, 'wx', mode);
    await file.writeFile(content);
    await file.close();
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw asUnwritable(path, cause);
    throw asUnwritable(path, cause, 'Existing key files are never overwritten: choose another name with --out.');
  }
}
