import type { ObservedRun } from '../contract/observed-run.ts';
import type { Source } from '../contract/plan.ts';
import type { SourcePopulation } from '../contract/population.ts';
import type { TextFacts } from '../contract/run.ts';
import { createRunAssembler } from './assemble/assemble-run.ts';
import { createRowStore, type RowStore } from './assemble/row-store.ts';
import { createSourceTally, type SourceTally } from './assemble/source-tally.ts';
import type { SpanBlock } from './assemble/span-row.ts';
import { handFormToOtlp } from './hand-form.ts';
import { parseHandForm } from './hand-form-schema.ts';
import { readHandWrittenYaml } from './hand-form-yaml.ts';
import { createLineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';
import type { JsonObject } from './otlp/any-value.ts';
import { createKeep } from './otlp/keep.ts';
import { createTracesReader, type TracesReader, type TracesSink } from './otlp/read-traces.ts';
import { createRecordingReader, type RecordingForm, type RecordingSink } from './recording-reader.ts';
import { type FileFacts, openSource, readSource } from './source-file.ts';

export interface ObserveRequest {
  /** Folder of the manifest, absolute: recordings are relative to it and may not leave it. */
  readonly root: string;
  readonly sources: readonly Source[];
  /** Attribute keys that scenarios select by, looked for on spans, span events and resources. */
  readonly selectKeys: readonly string[];
  /** Attribute keys and span names that monitors watch. */
  readonly signals: readonly string[];
  /** Judges the clear output text of a model call, before redaction. */
  readonly assess: (text: string, finish: readonly string[] | undefined) => TextFacts;
  /** Applied to every text before it is kept, spilled or handed on. */
  readonly redact: (text: string) => string;
  /** Existing folder in which a private one may be made; it is removed in every case. */
  readonly spillRoot: string;
  /** Spans held in memory before they are spilled; default 150,000. */
  readonly maxRowsInMemory?: number;
  readonly signal?: AbortSignal;
}

const MAX_ROWS_IN_MEMORY = 150_000;

/**
 * Reads all recordings, then hands on each run once, assembled over lines and sources by trace id. The order of runs
 * depends on their ids and places, not on what was spilled. Memory is bounded by `maxRowsInMemory`, the longest line
 * and the largest run.
 * @throws AigateError FILE_UNREADABLE, PATH_ESCAPES. Whatever is wrong inside a file is counted in its population.
 */
export async function observeRecordings(
  request: ObserveRequest,
  onRun: (run: ObservedRun) => void,
): Promise<readonly SourcePopulation[]> {
  const store = createRowStore(request.spillRoot, request.maxRowsInMemory ?? MAX_ROWS_IN_MEMORY);
  try {
    const keep = createKeep(request.redact);
    const readTraces = createTracesReader({ ...request, keep });
    const blocks = createBlocks();
    const tallies = request.sources.map(createSourceTally);
    const facts: ReadFacts[] = [];
    for (const [index, tally] of tallies.entries()) {
      facts.push(await readRecording(request, index, { tally, store, blocks, readTraces }));
    }
    const assemble = createRunAssembler({ ...request, blocks: blocks.all, tallies });
    store.drain((rows) => {
      request.signal?.throwIfAborted();
      const run = assemble(rows);
      if (run !== undefined) onRun(run);
    });
    return facts.flatMap((fact, index) => populationOf(request.sources[index], fact, tallies[index]) ?? []);
  } finally {
    store.remove();
  }
}

interface ReadFacts extends FileFacts {
  readonly form: RecordingForm;
  readonly lines: number;
}

interface Reading {
  readonly tally: SourceTally;
  readonly store: RowStore;
  readonly blocks: Blocks;
  readonly readTraces: TracesReader;
}

async function readRecording(request: ObserveRequest, index: number, reading: Reading): Promise<ReadFacts> {
  const source = request.sources[index];
  if (source === undefined) throw new Error(`there is no source ${index}`);
  const { tally } = reading;
  const file = await openSource(request.root, source.recording);
  const isDeclared = source.origin === 'synthetic';
  const reader = createRecordingReader(
    recordingSink(request, { ...reading, source: index, isDeclared }),
    MAX_LINE_BYTES,
  );
  const splitter = createLineSplitter(reader);
  const facts = await readSource(file, splitter, request.signal);
  const lines = splitter.end();
  if (file.packing === 'zstd') tally.problem('zstd is not supported here; compress with gzip', 1);
  const found = reader.end();
  if (facts.damage !== undefined) tally.problem(facts.damage, Math.max(1, lines));
  const form = found === 'empty' && (facts.damage !== undefined || file.packing === 'zstd') ? 'unrecognised' : found;
  tally.hasDeclared ||= isDeclared || form === 'hand-written';
  return { ...facts, form, lines };
}

function recordingSink(
  request: ObserveRequest,
  { tally, store, blocks, readTraces, source, isDeclared }: Reading & { source: number; isDeclared: boolean },
): RecordingSink {
  const problem = (message: string, line: number) => tally.problem(request.redact(message), line);
  const spans: TracesSink = {
    block(block) {
      tally.hasDeclared ||= block.isDeclared;
      return blocks.indexOf(block);
    },
    span: (row) => store.add(row),
    problem,
  };
  const read = (traces: JsonObject, line: number, isHandWritten: boolean) => {
    const origin = { source, isHandWritten, isDeclared: isDeclared || isHandWritten };
    tally.spans += readTraces(traces, line, origin, spans);
  };
  let documents = 0;
  const handWritten = (document: unknown, line: number) => {
    documents += 1;
    const parsed = parseHandForm(document);
    if ('run' in parsed) return read(handFormToOtlp(parsed.run), line, true);
    for (const mistake of parsed.mistakes) problem(`document ${documents}: ${mistake}`, line);
  };
  return {
    traces: (traces, line) => read(traces, line, false),
    handWritten,
    yaml: (text) => readHandWrittenYaml(text, { document: handWritten, problem }),
    otherSignal: (name) => tally.ignore(`(${name})`),
    problem,
  };
}

/** The blocks of all sources; equal ones are kept once. */
interface Blocks {
  readonly all: readonly SpanBlock[];
  indexOf(block: SpanBlock): number;
}

function createBlocks(): Blocks {
  const all: SpanBlock[] = [];
  const indices = new Map<string, number>();
  return {
    all,
    indexOf(block) {
      const key = JSON.stringify(block);
      const known = indices.get(key);
      if (known !== undefined) return known;
      indices.set(key, all.length);
      return all.push(block) - 1;
    },
  };
}

function populationOf(
  source: Source | undefined,
  { sha256, bytes, form, lines }: ReadFacts,
  tally: SourceTally | undefined,
): SourcePopulation | undefined {
  if (source === undefined || tally === undefined) return undefined;
  return {
    recording: source.recording,
    sha256,
    bytes,
    form,
    kind: tally.hasDeclared ? 'declared' : 'recorded',
    lines,
    spans: tally.spans,
    steps: tally.steps,
    runs: tally.runs,
    ignored: tally.ignored(),
    duplicateSpans: tally.duplicateSpans,
    backwardClocks: tally.backwardClocks,
    ...tally.problems(),
  };
}
