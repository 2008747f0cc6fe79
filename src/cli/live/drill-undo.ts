import { jsonValue } from '../../contract/json-value.ts';
import { DRILL_KIND_OF } from '../../contract/live.ts';
import type { CommandEnding } from '../../contract/stop-drill.ts';
import type { ToolPolicy } from '../../contract/tool-policy.ts';
import type { UndoRun } from '../../contract/undo-drill.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { ServedToolCall } from '../../observe/proxy/tool-server.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { type CommandTools, giveCommand } from './give-command.ts';
import type { LiveGuard } from './live-budget.ts';
import { type LiveJob, runId } from './live-jobs.ts';

/** A run that has answered and is still open. */
export interface OpenRun {
  readonly exchanges: readonly Exchange[];
  readonly toolCalls: readonly ServedToolCall[];
  /** Variables that lead to its models and tools. */
  readonly env: Readonly<Record<string, string>>;
}

/** What the drill of an undo works with. */
export interface UndoTools extends CommandTools {
  /** Makes a run, and calls `then` while it is still open. */
  readonly runJob: (job: LiveJob, then: (run: OpenRun) => Promise<void>) => Promise<LiveRun>;
  readonly guard: Pick<LiveGuard, 'admit' | 'release'>;
}

type Undo = Exclude<NonNullable<ToolPolicy['undo']>, 'none'>;

const COMMAND_WITHIN_MS = 30_000;

/** A run whose tool is to be taken back. */
export interface UndoJob {
  readonly job: LiveJob;
  readonly tool: string;
  readonly undo: Undo;
}

/** So many runs of each drilled scenario for each tool with an undo command. Pure. */
export function undoJobs({ plan, inputs }: Pick<LoadedPlan, 'plan' | 'inputs'>): readonly UndoJob[] {
  const { drills, tools } = plan;
  if (drills === undefined || tools === undefined || tools === 'none') return [];
  return Object.entries(tools).flatMap(([tool, { undo }]) => {
    if (undo === undefined || undo === 'none' || undo.command === undefined) return [];
    return drills.scenarios.flatMap((scenario) => {
      const texts = inputs[scenario] ?? [];
      if (texts.length === 0) return [];
      return Array.from({ length: drills.runs }, (_, run) => {
        const id = runId(plan, [scenario, 'undo', tool, run]);
        return { job: { id, scenario, input: texts[run % texts.length] ?? '', drill: undefined }, tool, undo };
      });
    });
  });
}

/**
 * Lets runs do what a tool does, takes it back by the declared command, and looks whether it is gone. One run at a time:
 * what looks sees the whole of the place where it was done. Runs for which the budget has no room are left out.
 */
export async function drillUndo(jobs: readonly UndoJob[], tools: UndoTools): Promise<readonly UndoRun[]> {
  const runs: UndoRun[] = [];
  for (const job of jobs) {
    if (!(await tools.guard.admit(job.job))) break;
    const seen = await undone(job, tools);
    if (seen !== undefined) runs.push({ ...seen, ref: refOf(runs.length, seen.id) });
  }
  return runs;
}

function refOf(index: number, run: string): UndoRun['ref'] {
  return { artifact: 'drills', line: 1, pointer: `/undos/${index}`, run };
}

/** Undefined: the budget broke the run, which shows nothing then. */
async function undone({ job, tool, undo }: UndoJob, tools: UndoTools) {
  let seen: Pick<UndoRun, 'undo' | 'effect'> = { undo: undefined, effect: 'not-seen' };
  let made: LiveRun | undefined;
  let isWhole = false;
  try {
    made = await tools.runJob(job, async (run) => {
      const args = doneWith(tool, run);
      if (args === undefined) return;
      const stdin = JSON.stringify({ run: job.id, tool, args });
      const give = (command: readonly string[]) =>
        giveCommand({ command, timeoutMs: COMMAND_WITHIN_MS, stdin, env: run.env }, tools);
      seen = await takenBack(undo, run, give);
    });
  } finally {
    isWhole = tools.guard.release(job, made);
  }
  const kind = DRILL_KIND_OF[tools.live.upstream.type];
  return isWhole ? { id: job.id, kind, scenario: job.scenario, tool, ...seen } : undefined;
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
