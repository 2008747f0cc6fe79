import type { LivePlan } from '../../contract/live.ts';
import type { ModelRoute } from '../../contract/plan.ts';
import type { Host } from '../../observe/drive/host.ts';
import { runCommand } from '../../observe/drive/run-command.ts';
import type { Service } from '../../observe/drive/service-spec.ts';
import { streamedText } from '../../observe/drive/streamed-text.ts';
import type { LiveEnding } from '../../observe/live/live-run.ts';
import { traceParent } from '../../observe/live/span-id.ts';
import { standInKeys } from '../../observe/proxy/proxy-environment.ts';
import { openService } from './open-service.ts';

/** What every run needs of its surroundings. */
export interface TargetContext {
  readonly host: Host;
  readonly signal: AbortSignal;
  /** Unix time in ms, on a clock that never goes back. */
  readonly now: () => number;
  /** Folder of the manifest, absolute. */
  readonly cwd: string;
}

/** One run, as the workload is told of it. */
export interface AskedRun {
  readonly id: string;
  readonly input: string;
  /** Variables that lead its model calls to the proxy. */
  readonly env: Readonly<Record<string, string>>;
  /** The proxy's address for this run, without the provider. */
  readonly baseUrl: string;
}

/** The workload, ready to be run. Whoever gets one calls `end`. */
export interface Target {
  ask(run: AskedRun): Promise<LiveEnding & { readonly startMs: number; readonly durationMs: number }>;
  end(): Promise<void>;
}

/** Makes the workload ready. `problem`: why it cannot be asked at all. */
export async function openTarget(
  { target, timeoutMs, env }: LivePlan,
  context: TargetContext & { readonly model: ModelRoute },
): Promise<Target | { readonly problem: string }> {
  if (target.type === 'prompt') {
    const { openPrompt } = await import('./prompt-target.ts');
    return openPrompt(target, { timeoutMs }, context);
  }
  if (target.type === 'command') {
    const spec = { command: target.command, input: target.input, timeoutMs, passEnv: target.passEnv };
    return { ask: (run) => askCommand(spec, run, context), end: async () => undefined };
  }
  const given = { ...standInKeys([context.model.provider]), ...env, AIGATE_RUN: '1' };
  const service = await openService(target, timeoutMs, { ...context, env: given });
  if ('problem' in service) return service;
  return { ask: (run) => askService(service, run, context), end: async () => void (await service.end()) };
}

async function askCommand(
  spec: Parameters<typeof runCommand>[0],
  { input, env }: AskedRun,
  context: TargetContext,
): ReturnType<Target['ask']> {
  const startMs = context.now();
  const result = await runCommand(spec, input, { ...context, env });
  if (result.status !== 'ended') {
    return {
      ending: 'not-started',
      exit: undefined,
      answer: undefined,
      problem: result.message,
      startMs,
      durationMs: 0,
    };
  }
  const { exitCode, signal, how, stdout, stderr, durationMs } = result;
  const answer = stdout.text.trim() === '' ? undefined : stdout.text.trim();
  const ending = how === 'timed-out' ? 'timed-out' : exitCode === 0 && how === 'exited' ? 'answered' : 'failed';
  const exit = exitCode === undefined ? signal : String(exitCode);
  const problem = ending === 'failed' ? failureOf(exit, stderr.text) : undefined;
  return { ending, exit, answer, problem, startMs: result.startMs, durationMs };
}

const LONGEST_LAST_WORDS = 200;

/** `exit 1, at last "ModuleNotFoundError: No module named 'x'"`: what a traceback ends with says most. */
function failureOf(exit: string | undefined, stderr: string): string {
  const how = exit !== undefined && /^\d+$/.test(exit) ? `exit ${exit}` : (exit ?? 'no exit code');
  const lines = stderr.split('\n').map((line) => line.trim());
  const isError = (line: string) => /^[\w.]*(?:Error|Exception)\b/.test(line);
  // Node puts its version behind the error, and the frames of the stack.
  const last = lines.findLast(isError) ?? lines.findLast((line) => line !== '');
  return last === undefined ? how : `${how}, at last ${JSON.stringify(last.slice(0, LONGEST_LAST_WORDS))}`;
}

async function askService(
  service: Service,
  { id, input, baseUrl }: AskedRun,
  { now }: TargetContext,
): ReturnType<Target['ask']> {
  const startMs = now();
  const { how, httpStatus, headers, body, durationMs, message } = await service.request(jsonOrText(input), {
    runId: id,
    baseUrl,
    traceParent: traceParent(id),
  });
  const times = { startMs, durationMs };
  const shown = (streamedText(headers['content-type'], body.text) ?? body.text).trim();
  const answer = shown === '' ? undefined : shown;
  const exit = httpStatus === undefined ? undefined : String(httpStatus);
  if (how === 'timed-out') return { ending: 'timed-out', exit, answer, problem: undefined, ...times };
  if (how === 'answered') {
    const ending = httpStatus !== undefined && httpStatus < 400 ? 'answered' : 'failed';
    return { ending, exit, answer, problem: undefined, ...times };
  }
  const isUnasked = how === 'unreachable' || how === 'not-sent';
  return { ending: isUnasked ? 'not-started' : 'failed', exit, answer, problem: message, ...times };
}

function jsonOrText(input: string): Parameters<Service['request']>[0] {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
