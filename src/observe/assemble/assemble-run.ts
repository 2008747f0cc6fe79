import type { EvidenceRef } from '../../contract/evidence.ts';
import type { ObservedRun, ObservedStep } from '../../contract/observed-run.ts';
import { RECORDING_KEY, type Source } from '../../contract/plan.ts';
import type { RunOutcome } from '../../contract/run.ts';
import { ownText } from '../otlp/keep.ts';
import { createCopyDetector } from './copied-runs.ts';
import { httpAttempts } from './http-attempts.ts';
import { impossibleSpeed } from './impossible-speed.ts';
import { agreedValues, firstValues, type SelectedValues, worstOutcome } from './merge-marks.ts';
import { approval, durationMs, embedding, modelCall, retrieval, spanRef, toMs, toolCall } from './observed-step.ts';
import type { SourceTally } from './source-tally.ts';
import { type ModelFacts, PART, ROLES, type SpanBlock, type SpanRow } from './span-row.ts';
import { spanTree } from './span-tree.ts';

export interface AssemblyOptions {
  readonly selectKeys: readonly string[];
  readonly signals: readonly string[];
  readonly blocks: readonly SpanBlock[];
  /** By index of the source. */
  readonly tallies: readonly SourceTally[];
  readonly sources: readonly Pick<Source, 'recording'>[];
}

/** The rows of one trace, in reading order, as a run; undefined when the trace has nothing to do with the workload. */
export type RunAssembler = (rows: readonly SpanRow[]) => ObservedRun | undefined;

interface StepSink {
  /** Id of the run. */
  readonly run: string;
  readonly steps: ObservedStep[];
  readonly restates: boolean;
  readonly isHeardFromAgent: boolean;
  readonly attempts: ReadonlyMap<string, number>;
}

/** Later than every step: where a start is not recorded, places decide after all that have one. */
const LAST = Number.MAX_VALUE;

export function createRunAssembler(options: AssemblyOptions): RunAssembler {
  const { selectKeys, signals, blocks, tallies, sources } = options;
  const copies = createCopyDetector();
  return (all) => {
    const rows = withoutDuplicates(all);
    const [first] = rows;
    if (first === undefined) return undefined;
    const run = ownText(first.trace);
    const isRun = rows.some(concernsWorkload);
    const tree = spanTree(rows);
    if (tree.hasCycle) tallyOf(first).problem('parent links of a trace form a circle', first.line);
    const steps: ObservedStep[] = [];
    const attempts = httpAttempts(rows);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? first;
      const tally = tallyOf(row);
      if (row.durationNs !== undefined && row.durationNs < 0) tally.backwardClocks += 1;
      const isHeardFromAgent = tree.heardFromAgents.has(i);
      const sink = { run, steps, attempts, restates: tree.restating.has(i), isHeardFromAgent };
      const added = isRun ? addSteps(row, sink) : 0;
      tally.steps += added;
      const isUsed = isRun && (added > 0 || row.parentId === undefined || bearsOnRun(row) || isEnclosing(row));
      if (!isUsed) tally.ignore(blockOf(row).scope ?? row.marks?.name ?? '(no scope)');
    }
    if (!isRun) return undefined;
    const ordered = inOrder(steps);
    if (copies.isCopy(ordered)) {
      tallyOf(first).copiedRuns += 1;
      return undefined;
    }
    tallyOf(first).runs += 1;
    return runOf(run, rows, ordered);
  };

  function blockOf({ block: index }: SpanRow): SpanBlock {
    const block = blocks[index];
    if (block === undefined) throw new Error(`a row names block ${index}, which was never made`);
    return block;
  }

  function tallyOf(row: SpanRow): SourceTally {
    const { source } = blockOf(row);
    const tally = tallies[source];
    if (tally === undefined) throw new Error(`a block names source ${source}, which was never read`);
    return tally;
  }

  /** A span exported twice counts once. Two spans that differ under one id contradict each other: that is a problem. */
  function withoutDuplicates(all: readonly SpanRow[]): readonly SpanRow[] {
    if (haveDifferentIds(all)) return all;
    const firsts = new Map<string, SpanRow>();
    for (const row of all) {
      const first = firsts.get(row.spanId);
      if (first === undefined) firsts.set(row.spanId, row);
      else {
        tallyOf(row).duplicateSpans += 1;
        if (!isSameSpan(first, row)) tallyOf(row).problem('another span of the trace has this span id', row.line);
      }
    }
    return [...firsts.values()];
  }

  /** @returns how many steps the span gave */
  function addSteps(row: SpanRow, { run, steps, restates, attempts, isHeardFromAgent }: StepSink): number {
    const before = steps.length;
    const approvals = row.marks?.approvals ?? [];
    const isStep = row.model !== undefined || row.tool !== undefined || row.retrieval !== undefined;
    if (!isStep && approvals.length === 0) return 0;
    const ref = spanRef(run, row, blockOf(row));
    // First the approvals: at the same instant the decision stands before the call it is about.
    for (const mark of approvals) steps.push(approval(row, mark, ref));
    if (row.model !== undefined && !restates) {
      const model = isHeardFromAgent ? { ...row.model, extra: { ...row.model.extra, heard: [] } } : row.model;
      steps.push(callOf(row, model, { ref, attempts }));
    }
    if (row.tool !== undefined && !restates) steps.push(toolCall(row, row.tool, ref));
    if (row.retrieval !== undefined) steps.push(retrieval(row, row.retrieval, ref));
    return steps.length - before;
  }

  function callOf(
    row: SpanRow,
    model: ModelFacts,
    { ref, attempts }: { readonly ref: EvidenceRef; readonly attempts: ReadonlyMap<string, number> },
  ): ObservedStep {
    if (row.role === ROLES.embedding) return embedding(row, model, ref);
    const resends = attempts.get(row.spanId);
    if (!impossibleSpeed(row, model)) return modelCall(row, model, { ref, resends });
    tallyOf(row).impossibleTimes += 1;
    return modelCall({ ...row, durationNs: undefined }, model, { ref, resends });
  }

  function runOf(run: string, rows: readonly SpanRow[], steps: readonly ObservedStep[]): ObservedRun | undefined {
    const roots = rows.filter(({ parentId }) => parentId === undefined);
    const [root = rows[0]] = roots;
    if (root === undefined) return undefined;
    const used = blocksOf(rows);
    const times = roots.length === 1 ? { startMs: toMs(root.startUs), durationMs: durationMs(root) } : undefined;
    return {
      id: run,
      ref: spanRef(run, root, blockOf(root)),
      ...(times ?? extent(roots.length > 0 ? roots : rows)),
      error: roots.find(({ error }) => error !== undefined)?.error,
      kind: weakestKind(used),
      attributes: attributesOf(rows, used),
      outcome: outcomeOf(rows, used),
      load: rows.find(({ marks }) => marks?.load !== undefined)?.marks?.load,
      harm: agreed(rows.map(({ marks }) => marks?.harm)),
      rubrics: agreed(rows.map(({ marks }) => marks?.rubrics)),
      ...shownIn(rows),
      task: agreed(rows.map(({ marks }) => marks?.task)),
      principal: firstOf(rows.map(({ marks }) => marks?.principal)),
      version: firstOf([...rows.map(({ marks }) => marks?.version), ...used.map(({ version }) => version)]),
      hasRoot: roots.length > 0,
      revision: agreed(used.map(({ revision }) => revision)),
      artifactsDigest: agreed(used.map(({ artifactsDigest }) => artifactsDigest)),
      environment: agreed(used.map(({ environment }) => environment)),
      signals: signalsOf(rows, used),
      steps,
    };
  }

  function blocksOf(rows: readonly SpanRow[]): SpanBlock[] {
    const used: SpanBlock[] = [];
    for (const row of rows) {
      const block = blockOf(row);
      if (!used.includes(block)) used.push(block);
    }
    return used;
  }

  function attributesOf(rows: readonly SpanRow[], used: readonly SpanBlock[]): Record<string, string> {
    const marked = rows.filter(({ marks }) => marks?.selected !== undefined);
    // What spans say comes before what their resource says; spans that contradict each other match no scenario.
    let values: SelectedValues | undefined;
    for (const { marks } of marked) values = agreedValues(values, marks?.selected);
    for (const { selected } of used) values = firstValues(values, selected);
    const attributes = Object.fromEntries(
      selectKeys.flatMap((key, i) => (values?.[i] == null ? [] : [[key, values[i]]])),
    );
    const recording = selectKeys.includes(RECORDING_KEY) ? recordingOf(used) : undefined;
    return recording === undefined ? attributes : { ...attributes, [RECORDING_KEY]: recording };
  }

  /** Undefined for a run whose parts lie in several recordings. */
  function recordingOf(used: readonly SpanBlock[]): string | undefined {
    return agreed(used.map(({ source }) => sources[source]?.recording));
  }

  function signalsOf(rows: readonly SpanRow[], used: readonly SpanBlock[]): readonly string[] {
    if (signals.length === 0) return [];
    const seen = signals.map(() => false);
    for (const { marks } of rows) for (const signal of marks?.signals ?? []) seen[signal] = true;
    for (const block of used) for (const signal of block.signals) seen[signal] = true;
    return signals.filter((_, index) => seen[index]);
  }
}

/** The first that says so is the span that encloses the others. */
function shownIn(rows: readonly SpanRow[]): Pick<ObservedRun, 'shown'> {
  const shown = firstOf(rows.map(({ marks }) => marks?.shown));
  return shown === undefined ? {} : { shown };
}

/** Few spans are compared pair by pair, which costs less than a set of their ids. */
const COMPARED_IN_PAIRS = 16;

function haveDifferentIds(rows: readonly SpanRow[]): boolean {
  if (rows.length > COMPARED_IN_PAIRS) return new Set(rows.map(({ spanId }) => spanId)).size === rows.length;
  for (let i = 1; i < rows.length; i++) {
    for (let j = 0; j < i; j++) if (rows[i]?.spanId === rows[j]?.spanId) return false;
  }
  return true;
}

function outcomeOf(rows: readonly SpanRow[], used: readonly SpanBlock[]): RunOutcome | undefined {
  let outcome: RunOutcome | undefined;
  for (const { marks } of rows) outcome = worstOutcome(outcome, marks?.outcome);
  for (const block of used) outcome = worstOutcome(outcome, block.outcome);
  return outcome;
}

/** Sorted in place unless they are in order already, as exporters that write in time order leave them. */
function inOrder(steps: ObservedStep[]): readonly ObservedStep[] {
  const isOrdered = steps.every((step, i) => i === 0 || byStart(steps[i - 1] ?? step, step) <= 0);
  return isOrdered ? steps : steps.sort(byStart);
}

function byStart(a: ObservedStep, b: ObservedStep): number {
  return (a.startMs ?? LAST) - (b.startMs ?? LAST);
}

/** From the earliest start to the latest end, in whole microseconds. */
function extent(rows: readonly SpanRow[]): { startMs: number | undefined; durationMs: number | undefined } {
  let start = LAST;
  let end = 0;
  for (const { startUs, durationNs } of rows) {
    if (startUs === undefined) continue;
    start = Math.min(start, startUs);
    if (durationNs !== undefined && durationNs >= 0) end = Math.max(end, startUs + Math.round(durationNs / 1e3));
  }
  return {
    startMs: start === LAST ? undefined : toMs(start),
    durationMs: end === 0 ? undefined : (end - start) / 1e3,
  };
}

/** What counts least: a run is as weak as the weakest part of it. */
function weakestKind(used: readonly SpanBlock[]): SpanBlock['kind'] {
  const kinds = (['declared', 'replayed', 'recorded'] as const).filter((kind) =>
    used.some((block) => block.kind === kind),
  );
  return kinds[0] ?? 'live';
}

function firstOf(values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined);
}

/** The one recorded value. Values that contradict each other are all named, so that they equal nothing. */
function agreed(values: readonly (string | undefined)[]): string | undefined {
  if (values.length === 1) return values[0];
  const recorded = [...new Set(values)].filter((value) => value !== undefined);
  return recorded.length === 0 ? undefined : recorded.sort().join(' | ');
}

/** Whether a span says that its trace is a run: any GenAI operation, or a key that only workloads write. */
function concernsWorkload(row: SpanRow): boolean {
  return row.role !== ROLES.other || bearsOnRun(row);
}

function isEnclosing({ role }: SpanRow): boolean {
  return role === ROLES.structure || role === ROLES.agent;
}

function bearsOnRun({ marks }: SpanRow): boolean {
  if (marks === undefined) return false;
  return marks.approvals.length > 0 || marks.outcome !== undefined || marks.selected !== undefined;
}

/** Whether two rows say the same, wherever they stand and whichever part of the run they were read with. */
function isSameSpan(a: SpanRow, b: SpanRow): boolean {
  const content = ({ block: _block, line: _line, index: _index, path: _path, parentId, ...rest }: SpanRow) =>
    JSON.stringify({ ...rest, parentId: parentId?.startsWith(PART) ? PART : parentId });
  return content(a) === content(b);
}
