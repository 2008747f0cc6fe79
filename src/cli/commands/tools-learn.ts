import { randomBytes } from 'node:crypto';
import { listPrices } from '../../annotate/price-list.ts';
import { type LearnedTool, unknownTool } from '../../contract/learned-tool.ts';
import { LIVE_RECORDING } from '../../contract/live.ts';
import type { SourcePopulation } from '../../contract/population.ts';
import { quantity } from '../../contract/quantity.ts';
import type { LockReading } from '../../contract/served/served-tools.ts';
import { visible } from '../../contract/visible-text.ts';
import { createToolObserver } from '../../inspect/learn/observed-tools.ts';
import { readToolList } from '../../inspect/learn/read-tool-list.ts';
import { draftToolPolicy } from '../../manifest/draft/draft-tool-policy.ts';
import { createRedactor } from '../../observe/redaction.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadPlan } from '../load-plan.ts';
import { readRuns } from '../observe-workload.ts';
import { readText } from '../read-text.ts';
import { readLock } from '../tools/read-lock.ts';

export interface LearnOptions {
  /** Folder of the workload, relative to cwd. */
  readonly target: string;
  /** A file of another program to start from, relative to cwd; undefined = recordings and lock of the workload. */
  readonly from: string | undefined;
}

/**
 * Prints a proposal for the section `tools` of a manifest: from recordings and locked definitions, or from a file of another
 * program. @throws AigateError
 */
export async function toolsLearn(io: Io, { target, from }: LearnOptions): Promise<ExitCode> {
  if (from !== undefined) {
    const { tools, remarks } = readToolList((await readText(io.cwd, from)).text, from);
    io.stdout.write(draftToolPolicy(tools, remarks));
    return exitCodeOf(tools);
  }
  const { tools, runs, sources } = await learn(io, target);
  for (const { recording, problemCount, runs: ofSource } of sources) {
    if (problemCount === 0 && ofSource > 0) continue;
    const read = `${quantity(ofSource, 'run')}, ${quantity(problemCount, 'problem')}`;
    io.stderr.write(`${visible(recording)}: ${read}; aigate explain --recording says what was understood\n`);
  }
  io.stdout.write(draftToolPolicy(tools));
  const learned = `${quantity(tools.length, 'tool')} from ${quantity(runs, 'run')}`;
  io.stderr.write(
    tools.length === 0
      ? `${learned}: nothing to propose. Record runs in which the agent is offered its tools, or lock those of its servers.\n`
      : `${learned}, none of them reviewed. Remove reviewed: false from each that you have read.\n`,
  );
  return exitCodeOf(tools);
}

function exitCodeOf(tools: readonly LearnedTool[]): ExitCode {
  return tools.length === 0 ? EXIT.INCONCLUSIVE : EXIT.OK;
}

interface Learned {
  readonly tools: readonly LearnedTool[];
  /** How many were read. */
  readonly runs: number;
  readonly sources: readonly SourcePopulation[];
}

async function learn(io: Io, target: string): Promise<Learned> {
  const { cwd, version, home, signal } = io;
  const request = { cwd, version, home, target, stage: 'pr', policy: undefined, baseline: undefined } as const;
  const { plan, root } = await loadPlan({ ...request, evaluatedAt: io.now() });
  const observer = createToolObserver();
  const sources = plan.sources.filter(({ recording }) => recording !== LIVE_RECORDING);
  const { lookup } = await listPrices(plan.evaluatedAt);
  const tools = { priceOf: lookup, redact: createRedactor(randomBytes(32)), signal };
  let runs = 0;
  // What the runs were recorded against does not matter: a suggestion is read by people.
  const populations = await readRuns({ plan: { ...plan, sources }, root }, tools, (run) => {
    runs += 1;
    observer.add(run);
  });
  const lock = plan.lock === undefined ? undefined : await readLock(root, plan.lock);
  return { tools: joined(observer.finish(), lock), runs, sources: populations };
}

/** Definitions that are locked, with what was seen of their calls; a tool may be called by its name or with its server's. */
function joined(seen: readonly LearnedTool[], lock: LockReading | undefined): LearnedTool[] {
  const found = new Map(seen.map((tool) => [tool.name, tool]));
  for (const [server, { tools }] of Object.entries(lock?.status === 'read' ? lock.lock.servers : {})) {
    for (const { name, definition } of tools) {
      const called = [name, `mcp__${server}__${name}`].find((known) => found.has(known)) ?? name;
      found.set(called, { ...(found.get(called) ?? unknownTool(called)), definition });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
