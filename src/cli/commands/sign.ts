import { resolve } from 'node:path';
import { readPrivateKey } from '../../bundle/keys.ts';
import { signBundle } from '../../bundle/sign-bundle.ts';
import { AigateError } from '../../contract/errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readText } from '../read-text.ts';
import { recompute } from '../recompute.ts';

export interface SignOptions {
  readonly bundle: string;
  readonly key: string;
  /** Commit that is released; undefined = only the gate result is signed. */
  readonly commit: string | undefined;
}

/**
 * Signs a finished bundle after judging it again. A step of its own, so that the job that holds the key never runs
 * the team's code and need not trust the job that did.
 */
export async function sign(io: Io, options: SignOptions): Promise<ExitCode> {
  const privateKey = readPrivateKey(await readKey(io, options.key));
  const dir = resolve(io.cwd, options.bundle);
  const { attestations } = await signBundle({ dir, privateKey, recompute, commit: options.commit });
  for (const path of attestations) io.stdout.write(`${path}\n`);
  if (options.commit === undefined)
    io.stderr.write('No release statement without --commit: name the commit you release.\n');
  return EXIT.OK;
}

/** Reads PEM text from a file, or from `env:NAME`, so that CI secrets need not touch the disk. */
export async function readKey(io: Io, spec: string): Promise<string> {
  if (!spec.startsWith('env:')) return (await readText(io.cwd, spec)).text;
  const value = io.env[spec.slice(4)];
  if (value !== undefined && value !== '') return value;
  throw new AigateError('KEY_UNUSABLE', `the environment variable ${spec.slice(4)} is not set`, {
    hint: 'Put the PEM text of the key into that variable, or name a file.',
  });
}
