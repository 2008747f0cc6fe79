import type { ObservedRun, ObservedStep } from '../../contract/observed-run.ts';
import { firstValues, type SelectedValues, worstOutcome } from './merge-marks.ts';
import { approval, modelCall, spanRef, timesOf, toMs, toolCall } from './observed-step.ts';
import type { SourceTally } from './source-tally.ts';
import { ROLES, type SpanBlock, type SpanRow } from './span-row.ts';
import { spanTree } from './span-tree.ts';

export interface AssemblyOptions {
  readonly selectKeys: readonly string[];
  readonly signals: readonly string[];
  readonly blocks: readonly SpanBlock[];
  /** By index of the source. */
  readonly tallies: readonly SourceTally[];
}

/** The rows of one trace, in reading order, as a run; undefined when the trace has nothing to do with the workload. */
export type RunAssembler = (rows: readonly SpanRow[]) => ObservedRun | undefined;

export function createRunAssembler({ selectKeys, signals, blocks, tallies }: AssemblyOptions): RunAssembler {
  return (all) => {
    const rows = withoutDuplicates(all);
    const [first] = rows;
    if (first === undefined) return undefined;
    const isRun = rows.some(concernsWorkload);
    const tree = spanTree(rows);
    if (tree.hasCycle) tallyOf(first).problem('parent links of a trace form a circle', first[2]);
    const steps: ObservedStep[] = [];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? first;
      const tally = tallyOf(row);
      if (row[7] !== null && row[7] < 0) tally.backwardClocks += 1;
      const added = isRun ? addSteps(row, steps, tree.restates[i] === true) : 0;
      tally.steps += added;
      const isUsed = isRun && (added > 0 || row[5] === null || row[9] === ROLES.structure || bearsOnRun(row));
      if (!isUsed) tally.ignore(blockOf(row).scope ?? row[11]?.name ?? '(no scope)');
    }
    if (!isRun) return undefined;
    tallyOf(first).runs += 1;
    return runOf(rows, first, inOrder(steps));
  };

  function blockOf(row: SpanRow): SpanBlock {
    const block = blocks[row[1]];
    if (block === undefined) throw new Error(`a row names block ${row[1]}, which was never made`);
    return block;
  }

  function tallyOf(row: SpanRow): SourceTally {
    const { source } = blockOf(row);
    const tally = tallies[source];
    if (tally === undefined) throw new Error(`a block names source ${source}, which was never read`);
    return tally;
  }

  function withoutDuplicates(all: readonly SpanRow[]): SpanRow[] {
    const seen = new Set<string>();
    return all.filter((row) => {
      const isNew = seen.size < seen.add(row[4]).size;
      if (!isNew) tallyOf(row).duplicateSpans += 1;
      return isNew;
    });
  }

  /** @returns how many steps the span gave */
  function addSteps(row: SpanRow, steps: ObservedStep[], restates: boolean): number {
    const before = steps.length;
    const step = row[10];
    const approvals = row[11]?.approvals ?? [];
    if (step === null && approvals.length === 0) return 0;
    const ref = spanRef(row, blockOf(row));
    // First the approvals: at the same instant the decision stands before the call it is about.
    for (const recorded of approvals) steps.push(approval(row, recorded, ref));
    if (step !== null && !restates)
      steps.push(step.length === 3 ? toolCall(row, step, ref) : modelCall(row, step, ref));
    return steps.length - before;
  }

  function runOf(rows: readonly SpanRow[], first: SpanRow, steps: readonly ObservedStep[]): ObservedRun {
    const roots = rows.filter((row) => row[5] === null);
    let outcome = null;
    let isDeclared = false;
    const runBlocks: SpanBlock[] = [];
    for (const row of rows) {
      const block = blockOf(row);
      outcome = worstOutcome(outcome, row[11]?.outcome ?? null);
      if (runBlocks.includes(block)) continue;
      runBlocks.push(block);
      outcome = worstOutcome(outcome, block.outcome);
      isDeclared ||= block.isDeclared;
    }
    const enclosing = roots[0] ?? first;
    return {
      id: first[0],
      ref: spanRef(enclosing, blockOf(enclosing)),
      ...(roots.length === 1 && roots[0] !== undefined ? timesOf(roots[0]) : extent(roots.length > 0 ? roots : rows)),
      error: roots.find((root) => root[8] !== null)?.[8] ?? undefined,
      kind: isDeclared ? 'declared' : 'recorded',
      attributes: attributesOf(rows, runBlocks),
      outcome: outcome ?? undefined,
      hasRoot: roots.length > 0,
      revision: agreed(runBlocks.map(({ revision }) => revision)),
      artifactsDigest: agreed(runBlocks.map(({ artifactsDigest }) => artifactsDigest)),
      environment: agreed(runBlocks.map(({ environment }) => environment)),
      signals: signalsOf(rows, runBlocks),
      steps,
    };
  }

  function attributesOf(rows: readonly SpanRow[], runBlocks: readonly SpanBlock[]): Record<string, string> {
    const marked = rows.filter((row) => row[11]?.selected != null).sort((a, b) => (a[6] ?? LAST) - (b[6] ?? LAST));
    let values: SelectedValues | null = null;
    for (const row of marked) values = firstValues(values, row[11]?.selected ?? null);
    for (const { selected } of runBlocks) values = firstValues(values, selected);
    return Object.fromEntries(selectKeys.flatMap((key, i) => (values?.[i] == null ? [] : [[key, values[i]]])));
  }

  function signalsOf(rows: readonly SpanRow[], runBlocks: readonly SpanBlock[]): readonly string[] {
    if (signals.length === 0) return [];
    const seen = signals.map(() => false);
    for (const row of rows) for (const signal of row[11]?.signals ?? []) seen[signal] = true;
    for (const block of runBlocks) for (const signal of block.signals) seen[signal] = true;
    return signals.filter((_, index) => seen[index]);
  }
}

/** Steps without a start come last, in the order of their places. */
const LAST = Number.MAX_VALUE;

function inOrder(steps: ObservedStep[]): readonly ObservedStep[] {
  return steps.sort((a, b) => (a.startMs ?? LAST) - (b.startMs ?? LAST));
}

/** From the earliest start to the latest end, in whole microseconds. */
function extent(rows: readonly SpanRow[]): { startMs: number | undefined; durationMs: number | undefined } {
  let start = LAST;
  let end = 0;
  for (const [, , , , , , startUs, durationNs] of rows) {
    if (startUs === null) continue;
    start = Math.min(start, startUs);
    if (durationNs !== null && durationNs >= 0) end = Math.max(end, startUs + Math.round(durationNs / 1e3));
  }
  return {
    startMs: start === LAST ? undefined : toMs(start),
    durationMs: end === 0 ? undefined : (end - start) / 1e3,
  };
}

/** The one recorded value. Values that contradict each other are all named, so that they equal nothing. */
function agreed(values: readonly (string | null)[]): string | undefined {
  const recorded = [...new Set(values)].filter((value) => value !== null);
  return recorded.length === 0 ? undefined : recorded.sort().join(' | ');
}

/** Whether a span says that its trace is a run: any GenAI operation, or a key that only workloads write. */
function concernsWorkload(row: SpanRow): boolean {
  return row[9] !== ROLES.other || bearsOnRun(row);
}

function bearsOnRun([, , , , , , , , , , , marks]: SpanRow): boolean {
  return marks !== null && (marks.approvals.length > 0 || marks.outcome !== null || marks.selected !== null);
}
