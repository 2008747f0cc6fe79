import { resolve } from 'node:path';
import { readPublicKey } from '../../bundle/keys.ts';
import { type Pins, type Verification, verifyBundle } from '../../bundle/verify-bundle.ts';
import type { Decision } from '../../contract/result.ts';
import { visible } from '../../contract/visible-text.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { recompute } from '../recompute.ts';
import { readKey } from './sign.ts';

export interface VerifyOptions {
  readonly bundle: string;
  readonly key: string | undefined;
  readonly pins: Pins;
  readonly require: Decision | undefined;
  readonly allowDemo: boolean;
  readonly allowUnsigned: boolean;
  readonly json: boolean;
}

/**
 * Says whether a bundle is authentic and consistent. An authentic bundle of a blocked run verifies with exit 0:
 * what it decided matters only under `--require`.
 */
export async function verify(io: Io, options: VerifyOptions): Promise<ExitCode> {
  const publicKey = options.key === undefined ? undefined : readPublicKey(await readKey(io, options.key));
  const verification = await verifyBundle({
    dir: resolve(io.cwd, options.bundle),
    publicKey,
    pins: options.pins,
    now: io.now(),
    engineVersion: io.version,
    allowDemo: options.allowDemo,
    allowUnsigned: options.allowUnsigned,
    recompute,
  });
  io.stdout.write(options.json ? `${JSON.stringify(verification, null, 2)}\n` : describe(verification));
  if (options.require === undefined || options.require === verification.decision) return EXIT.OK;
  io.stderr.write(`required: ${options.require}, found: ${verification.decision}\n`);
  return EXIT.GATE_FAILED;
}

function describe(verification: Verification): string {
  const lines = [
    `verified: ${verification.isSigned ? 'signature and content' : 'content only, no signature was checked'}`,
    `decision: ${verification.decision}${verification.isDemo ? ' (DEMO)' : ''}`,
    `workload: ${visible(verification.workload)}`,
    `recomputed-from: ${verification.recomputedFrom}`,
    ...verification.checked.map((what) => `checked: ${what}`),
    ...verification.notChecked.map((what) => `not checked: ${what}`),
  ];
  return `${lines.join('\n')}\n`;
}
