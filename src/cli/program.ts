import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AigateError } from '../contract/errors.ts';
import { STAGES, type Stage } from '../contract/gate.ts';
import type { ExitCode } from './exit-codes.ts';
import { type FormatSpec, parseFormat } from './formats.ts';
import type { Io } from './io.ts';

/** Whether commander ended the parse: help, version or a usage error it has already explained. */
export function isCommanderError(cause: unknown): cause is CommanderError {
  return cause instanceof CommanderError;
}

/** The command line. Every command is loaded only when it runs; `finish` receives its exit code. */
export function buildProgram(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command('aigate')
    .description('Production-readiness gate for AI workloads: six gates, one verdict, signed evidence')
    .version(io.version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showHelpAfterError('(aigate --help shows every command)')
    .addHelpText('after', EXIT_HELP);
  addCheck(program, io, finish);
  addSign(program, io, finish);
  addVerify(program, io, finish);
  addKeygen(program, io, finish);
  addDigest(program, io, finish);
  addSchema(program, io, finish);
  return program;
}

const EXIT_HELP = `
Exit codes: 0 not blocked, 1 a gate failed, 2 usage, manifest or policy invalid, 3 inconclusive,
4 bundle does not verify, 70 internal error, 130 interrupted.`;

type Finish = (code: ExitCode) => void;

function addCheck(program: Command, io: Io, finish: Finish): void {
  program
    .command('check')
    .description('judge workloads and write their evidence bundles')
    .argument('[dir...]', 'folders that hold an aigate.yaml', ['.'])
    .option('--policy <file>', 'policy outside the change, as FILE or FILE@sha256:DIGEST')
    .addOption(new Option('--stage <stage>', 'when the gate is asked').choices([...STAGES]).default('release'))
    .option('--out <dir>', 'folder for bundles (default: .aigate/evidence beside the manifest)')
    .option('--key <key>', 'sign with this private key: a PEM file or env:NAME')
    .option('--format <format>', 'terminal, json, markdown, html or github; F=PATH writes a file; repeatable', collect)
    .option('--color', 'always write colour')
    .option('--no-color', 'never write colour')
    .action(async (targets: string[], options: CheckFlags) => {
      const { check } = await import('./commands/check.ts');
      const formats = options.format ?? [{ format: 'terminal', path: undefined }];
      const { policy, stage, out, key, color } = options;
      finish(await check(io, { targets, policy, stage, out, key, formats, color }));
    });
}

interface CheckFlags {
  readonly policy?: string;
  readonly stage: Stage;
  readonly out?: string;
  readonly key?: string;
  readonly format?: readonly FormatSpec[];
  readonly color?: boolean;
}

function collect(text: string, previous: readonly FormatSpec[] = []): readonly FormatSpec[] {
  return [...previous, parseFormat(text)];
}

function addSign(program: Command, io: Io, finish: Finish): void {
  program
    .command('sign')
    .description('sign a bundle, in a step of its own that holds the key')
    .argument('<bundle>', 'folder of the bundle')
    .requiredOption('--key <key>', 'private key: a PEM file or env:NAME')
    .option('--commit <id>', 'commit you release: states the release too, if the bundle is about that commit')
    .action(async (bundle: string, { key, commit }: { key: string; commit?: string }) => {
      const { sign } = await import('./commands/sign.ts');
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
    .option('--lane <lane>', 'expected lane')
    .option('--stage <stage>', 'expected stage')
    .option('--run-id <id>', 'expected evaluation, against replay')
    .option('--max-age <duration>', 'oldest accepted evaluation, such as 24h or 7d', parseAge)
    .addOption(new Option('--require <decision>', 'exit 1 unless this was decided').choices(['pass']))
    .option('--allow-demo', 'accept a demonstration', false)
    .option('--allow-unsigned', 'check content only', false)
    .option('--json', 'print the verification as JSON', false)
    .action(async (bundle: string, flags: VerifyFlags) => {
      const { verify } = await import('./commands/verify.ts');
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
      const { keygen } = await import('./commands/keygen.ts');
      finish(await keygen(io, options));
    });
}

function addDigest(program: Command, io: Io, finish: Finish): void {
  program
    .command('digest')
    .description('print the attributes that bind recordings to what ships')
    .argument('[dir]', 'folder that holds an aigate.yaml', '.')
    .option('--json', 'print every file with its digest', false)
    .action(async (target: string, { json }: { json: boolean }) => {
      const { digest } = await import('./commands/digest.ts');
      finish(await digest(io, { target, json }));
    });
}

function addSchema(program: Command, io: Io, finish: Finish): void {
  program
    .command('schema')
    .description('print the JSON Schema of a file')
    .argument('<name>', 'manifest, policy or results')
    .action(async (name: string) => {
      const { SCHEMAS, schema } = await import('./commands/schema.ts');
      const known = SCHEMAS.find((candidate) => candidate === name);
      if (known === undefined) {
        throw new AigateError('USAGE', `no schema is called ${name}`, { hint: `Use one of ${SCHEMAS.join(', ')}.` });
      }
      finish(schema(io, known));
    });
}
