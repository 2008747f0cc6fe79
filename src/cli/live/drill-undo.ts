import { DRILL_KIND_OF, type LivePlan } from '../../contract/live.ts';
import type { CommandEnding } from '../../contract/stop-drill.ts';
import type { ToolPolicy } from '../../contract/tool-policy.ts';
import type { UndoRun } from '../../contract/undo-drill.ts';
import { jsonValue } from '../../observe/json-value.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { ServedToolCall } from '../../observe/proxy/tool-server.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { type CommandTools, giveCommand } from './give-command.ts';
import { type LiveJob, runId } from './live-jobs.ts';

/** A run that has answered and is still open. */
export interface OpenRun {
  readonly exchanges: readonly Exchange[];
  readonly toolCalls: readonly ServedToolCall[];
  /** Variables that lead to its models and tools. */
  readonly env: Readonly<Record<string, string>>;
}

interface UndoTools extends CommandTools {
  /** Makes a run, and calls `then` while it is still open. */
  readonly runJob: (job: LiveJob, then: (run: OpenRun) => Promise<void>) => Promise<LiveRun>;
  /** The budget is used up. */
  readonly isSpent: boolean;
}

type Undo = Exclude<NonNullable<ToolPolicy['undo']>, 'none'>;

const COMMAND_WITHIN_MS = 30_000;

/**
 * Lets runs do what a tool does, takes it back by the declared command, and looks whether it is gone. One run at a time:
 * what looks sees the whole of the place where it was done.
 */
export async function drillUndo(
  { plan, live, inputs }: LoadedPlan & { readonly live: LivePlan },
  given: Omit<UndoTools, 'live'>,
): Promise<readonly UndoRun[]> {
  const { drills, tools: declared } = plan;
  if (drills === undefined || declared === undefined || declared === 'none' || given.isSpent) return [];
  const runs: UndoRun[] = [];
  const tools = { ...given, live };
  for (const [tool, { undo }] of Object.entries(declared)) {
    if (undo === undefined || undo === 'none' || undo.command === undefined) continue;
    for (const scenario of drills.scenarios) {
      const texts = inputs[scenario] ?? [];
      for (let run = 0; run < drills.runs && texts.length > 0; run += 1) {
        const id = runId(plan, [scenario, 'undo', tool, run]);
        const job = { id, scenario, input: texts[run % texts.length] ?? '', drill: undefined };
        runs.push({ ...(await undone(job, { tool, undo }, tools)), ref: refOf(runs.length, id) });
      }
    }
  }
  return runs;
}

function refOf(index: number, run: string): UndoRun['ref'] {
  return { artifact: 'drills', line: 1, pointer: `/undos/${index}`, run };
}

async function undone(
  job: LiveJob,
  { tool, undo }: { readonly tool: string; readonly undo: Undo },
  tools: UndoTools,
): Promise<Omit<UndoRun, 'ref'>> {
  let seen: Pick<UndoRun, 'undo' | 'effect'> = { undo: undefined, effect: 'not-seen' };
  await tools.runJob(job, async (run) => {
    const args = doneWith(tool, run);
    if (args === undefined) return;
    const stdin = JSON.stringify({ run: job.id, tool, args });
    const give = (command: readonly string[]) =>
      giveCommand({ command, timeoutMs: COMMAND_WITHIN_MS, stdin, env: run.env }, tools);
    seen = await takenBack(undo, run, give);
  });
  const kind = DRILL_KIND_OF[tools.live.upstream.type];
  return { id: job.id, kind, scenario: job.scenario, tool, ...seen };
}

async function takenBack(
  { command = [], verify, tool: undoTool }: Undo,
  run: OpenRun,
  give: (command: readonly string[]) => Promise<CommandEnding>,
): Promise<Pick<UndoRun, 'undo' | 'effect'>> {
  const isGone = async () => verify !== undefined && (await give(verify)).ending === 'answered';
  const wasThere = verify === undefined || !(await isGone());
  const before = run.toolCalls.length;
  const undo = await give(command);
  if (!wasThere) return { undo, effect: 'never-there' };
  if (verify !== undefined) return { undo, effect: (await isGone()) ? 'undone' : 'still-there' };
  // The tool that takes it back is played here: whether it was called is what can be seen.
  if (run.toolCalls.length === 0) return { undo, effect: 'not-seen' };
  const isCalled = run.toolCalls.slice(before).some(({ tool, isCommitted }) => tool === undoTool && isCommitted);
  return { undo, effect: isCalled ? 'undone' : 'still-there' };
}

/** Arguments of the last call of the tool whose result went back to the model; undefined = there is none. */
function doneWith(tool: string, { exchanges }: OpenRun): unknown {
  const answered = new Set(
    exchanges.flatMap(({ request }) => request.messages.flatMap(({ toolCallId }) => toolCallId ?? [])),
  );
  const calls = exchanges
    .flatMap(({ answer }) => answer.toolCalls)
    .filter(({ name, id }) => name === tool && answered.has(id));
  const last = calls.at(-1);
  return last && (jsonValue(last.args) ?? {});
}
