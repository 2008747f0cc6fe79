import { type Command, Option } from 'commander';
import { AigateError } from '../../contract/errors.ts';
import type { Io } from '../io.ts';
import type { RecordedUpstream } from '../live/record-plan.ts';
import type { Finish } from './options.ts';

interface RecordFlags {
  readonly out: string;
  readonly fallback: boolean;
  readonly simulated?: string;
  readonly providers: boolean;
}

/** `record`, which takes the command of the workload behind `--`. */
export function addRecord(program: Command, io: Io, finish: Finish): void {
  program
    .command('record')
    .usage('[options] [dir] [-- <command...>]')
    .description('run the workload once for each input and write a cassette of its model calls, and its runs')
    .argument('[dir]', 'folder that holds an aigate.yaml (default: ".")')
    .argument('[command...]', 'behind --: what to run, in place of that of live in the manifest')
    .option('--out <dir>', 'folder for both files, below that of the manifest', 'recordings')
    .option('--fallback', 'refuse the primary in a second run of each input, to record the fallback too', false)
    .option('--providers', 'ask the real ones, whatever live.upstream says; keys come from the environment', false)
    .addOption(
      new Option('--simulated <script>', 'let a script answer in place of the providers').conflicts('providers'),
    )
    .action(async (_dir: unknown, _command: unknown, flags: RecordFlags, { args }: Command) => {
      const { record } = await import('../commands/record.ts');
      const command = behindDashes(io.argv);
      const { out, fallback: withFallback } = flags;
      const target = oneFolder(args.slice(0, args.length - command.length));
      finish(await record(io, { target, command, upstream: upstreamOf(flags), out, withFallback }));
    });
}

function behindDashes(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf('--');
  return dashes === -1 ? [] : argv.slice(dashes + 1);
}

function oneFolder(words: readonly string[]): string {
  const [target = '.', ...others] = words;
  if (others.length === 0) return target;
  throw new AigateError('USAGE', `one folder is recorded at a time, got ${words.join(' ')}`, {
    hint: 'Put -- before the command: aigate record -- node src/assistant.mjs',
  });
}

function upstreamOf({ simulated, providers }: RecordFlags): RecordedUpstream {
  if (simulated !== undefined) return { script: simulated };
  return providers ? 'providers' : 'declared';
}
