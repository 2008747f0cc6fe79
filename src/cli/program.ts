import { Command, CommanderError } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { addBundleCommands } from './program/bundle-commands.ts';
import { addExplainingCommands } from './program/explaining-commands.ts';
import { addJudgingCommands } from './program/judging-commands.ts';
import { addPrintingCommands } from './program/printing-commands.ts';
import { addRecord } from './program/recording-command.ts';
import { addToolsCommands } from './program/tools-commands.ts';

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
  addJudgingCommands(program, io, finish);
  addRecord(program, io, finish);
  addExplainingCommands(program, io, finish);
  addBundleCommands(program, io, finish);
  addPrintingCommands(program, io, finish);
  addToolsCommands(program, io, finish);
  return program;
}

const EXIT_HELP = `
Exit codes: 0 not blocked, 1 a gate failed, 2 usage, manifest or policy invalid, 3 inconclusive,
4 bundle does not verify, 70 internal error, 130 interrupted.`;
