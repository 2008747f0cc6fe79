import type { LivePlan } from '../../contract/live.ts';
import type { CommandEnding } from '../../contract/stop-drill.ts';
import { runCommand } from '../../observe/drive/run-command.ts';
import type { TargetContext } from './ask-target.ts';

/** What a declared command is given with. */
export interface CommandTools extends Pick<TargetContext, 'host' | 'signal' | 'now' | 'cwd'> {
  readonly live: LivePlan;
  readonly redact: (text: string) => string;
}

/** A command of the manifest. */
interface GivenCommand {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  /** Default: nothing. */
  readonly stdin?: string;
  /** Variables beyond those of `live.env`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command of the manifest beside the workload. Never throws for what the command does. */
export async function giveCommand(
  given: GivenCommand,
  { live, redact, ...context }: CommandTools,
): Promise<CommandEnding> {
  const passEnv = live.target.type === 'prompt' ? [] : live.target.passEnv;
  const spec = { command: given.command, input: 'stdin', timeoutMs: given.timeoutMs, passEnv } as const;
  const result = await runCommand(spec, given.stdin ?? '', { ...context, env: { ...live.env, ...given.env } });
  if (result.status !== 'ended') {
    return { ending: 'not-started', exit: undefined, durationMs: 0, problem: redact(result.message) };
  }
  const { exitCode, signal, how, durationMs } = result;
  const ending = how === 'timed-out' ? 'timed-out' : exitCode === 0 && how === 'exited' ? 'answered' : 'failed';
  const exit = exitCode === undefined ? signal : String(exitCode);
  return { ending, exit, durationMs: Math.round(durationMs), problem: undefined };
}
