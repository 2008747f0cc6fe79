import { AigateError } from '../contract/errors.ts';
import { describeError } from './describe-error.ts';
import { EXIT, type ExitCode, exitCodeFor } from './exit-codes.ts';
import type { Io } from './io.ts';
import { buildProgram, isCommanderError } from './program.ts';

/**
 * Runs one command and gives its exit code. Expected failures are explained on stderr; a defect of aigate is
 * thrown, so that the launcher shows its stack and leaves with 70.
 */
export async function main(io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.OK;
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...io.argv], { from: 'user' });
    return exitCode;
  } catch (cause) {
    if (io.signal.aborted) {
      io.stderr.write('interrupted: what was under way is not judged and left no bundle\n');
      return EXIT.INTERRUPTED;
    }
    // commander has already written its own message
    if (isCommanderError(cause)) return cause.exitCode === 0 ? EXIT.OK : EXIT.INVALID;
    if (!(cause instanceof AigateError)) throw cause;
    io.stderr.write(describeError(cause));
    return exitCodeFor(cause.code);
  }
}
