import { type Command, InvalidArgumentError, Option } from 'commander';
import { LANES, STAGES } from '../../contract/gate.ts';
import type { Io } from '../io.ts';
import type { Finish } from './options.ts';

/** Commands around evidence bundles: `sign`, `verify` and `keygen`. */
export function addBundleCommands(program: Command, io: Io, finish: Finish): void {
  addSign(program, io, finish);
  addVerify(program, io, finish);
  addKeygen(program, io, finish);
}

function addSign(program: Command, io: Io, finish: Finish): void {
  program
    .command('sign')
    .description('sign a bundle, in a step of its own that holds the key')
    .argument('<bundle>', 'folder of the bundle')
    .requiredOption('--key <key>', 'private key: a PEM file or env:NAME')
    .option('--commit <id>', 'commit you release: states the release too, if the bundle is about that commit')
    .action(async (bundle: string, { key, commit }: { key: string; commit?: string }) => {
      const { sign } = await import('../commands/sign.ts');
      finish(await sign(io, { bundle, key, commit }));
    });
}

function addVerify(program: Command, io: Io, finish: Finish): void {
  program
    .command('verify')
    .description('check signature, files, verdict and pins of a bundle; exit 4 when it does not verify')
    .argument('<bundle>', 'folder of the bundle')
    .option('--key <key>', 'public key you trust: a PEM file or env:NAME')
    .option('--commit <id>', 'expected commit')
    .option('--artifacts-digest <digest>', 'expected digest of what ships')
    .option('--policy-sha256 <digest>', 'expected digest of the base policy file')
    .option('--manifest-sha256 <digest>', 'expected digest of the workload manifest')
    .addOption(new Option('--lane <lane>', 'expected lane').choices([...LANES]))
    .addOption(new Option('--stage <stage>', 'expected stage').choices([...STAGES]))
    .option('--run-id <id>', 'expected evaluation, against replay')
    .option('--max-age <duration>', 'oldest accepted evaluation, such as 24h or 7d', parseAge)
    .addOption(new Option('--require <decision>', 'exit 1 unless this was decided').choices(['pass']))
    .option('--allow-demo', 'accept a demonstration', false)
    .option('--allow-unsigned', 'check content only', false)
    .option('--json', 'print the verification as JSON', false)
    .action(async (bundle: string, flags: VerifyFlags) => {
      const { verify } = await import('../commands/verify.ts');
      const { key, require, allowDemo, allowUnsigned, json, maxAge, ...pins } = flags;
      finish(
        await verify(io, { bundle, key, require, allowDemo, allowUnsigned, json, pins: { ...pins, maxAgeMs: maxAge } }),
      );
    });
}

interface VerifyFlags {
  readonly key?: string;
  readonly commit?: string;
  readonly artifactsDigest?: string;
  readonly policySha256?: string;
  readonly manifestSha256?: string;
  readonly lane?: string;
  readonly stage?: string;
  readonly runId?: string;
  /** In ms. */
  readonly maxAge?: number;
  readonly require?: 'pass';
  readonly allowDemo: boolean;
  readonly allowUnsigned: boolean;
  readonly json: boolean;
}

const MS_PER: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseAge(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const perUnit = MS_PER[unit];
  if (amount === undefined || perUnit === undefined) throw new InvalidArgumentError('Use a number and m, h or d.');
  return Number(amount) * perUnit;
}

function addKeygen(program: Command, io: Io, finish: Finish): void {
  program
    .command('keygen')
    .description('make a signing key pair')
    .option('--out <name>', 'writes NAME.key and NAME.pub', 'aigate')
    .addOption(new Option('--type <type>', 'kind of key').choices(['p256', 'ed25519']).default('p256'))
    .action(async (options: { out: string; type: 'p256' | 'ed25519' }) => {
      const { keygen } = await import('../commands/keygen.ts');
      finish(await keygen(io, options));
    });
}
