import type { ObservedRun } from '../contract/observed-run.ts';
import type { Source } from '../contract/plan.ts';
import type { SourcePopulation } from '../contract/population.ts';
import type { TextFacts } from '../contract/run.ts';
import { createRunAssembler } from './assemble/assemble-run.ts';
import { createSourceTally, type SourceTally } from './assemble/source-tally.ts';
import type { SpanBlock } from './assemble/span-row.ts';
import { createSpanStore, type SpanStore } from './assemble/span-store.ts';
import { countTraces } from './count-traces.ts';
import { handFormToOtlp } from './hand-form.ts';
import { parseHandForm } from './hand-form-schema.ts';
import { readHandWrittenYaml } from './hand-form-yaml.ts';
import { createLineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';
import type { JsonObject } from './otlp/any-value.ts';
import { createReadTest } from './otlp/attribute-plan.ts';
import { createKeep } from './otlp/keep.ts';
import { createTracesParser } from './otlp/parse-traces.ts';
import { createTracesReader, type TracesReader, type TracesSink } from './otlp/read-traces.ts';
import { createRecordingReader, type RecordingForm, type RecordingSink } from './recording-reader.ts';
import { type FileFacts, openSource, readSource, type SourceFile } from './source-file.ts';

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
  /** Total size of recordings from which on traces are counted before they are read; default 32 MiB. */
  readonly countFromBytes?: number;
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
  const files: SourceFile[] = [];
  let store: SpanStore | undefined;
  try {
    for (const { recording } of request.sources) files.push(await openSource(request.root, recording));
    const blocks = createBlocks();
    const tallies = request.sources.map(createSourceTally);
    const assemble = createRunAssembler({ ...request, blocks: blocks.all, tallies });
    store = createSpanStore({
      spillRoot: request.spillRoot,
      maxSpansInMemory: request.maxRowsInMemory ?? MAX_ROWS_IN_MEMORY,
      countdown: await countWhereWorthwhile(request, files),
      onTrace(rows) {
        const run = assemble(rows);
        if (run !== undefined) onRun(run);
      },
    });
    const readTraces = createTracesReader({ ...request, keep: createKeep(request.redact) });
    const reading = { store, blocks, readTraces };
    const facts: ReadFacts[] = [];
    for (const [index, source] of request.sources.entries()) {
      const [file, tally] = [files[index], tallies[index]];
      if (file === undefined || tally === undefined) throw new Error(`source ${index} was not opened`);
      facts.push(await readRecording(request, { ...reading, file, tally, source, index }));
    }
    store.drain();
    return facts.map(populationOf);
  } finally {
    store?.remove();
    await Promise.all(files.map(({ handle }) => handle.close()));
  }
}

/** Below this size everything fits into memory, and reading it twice is for nothing. */
const COUNT_FROM_BYTES = 32 * 1024 * 1024;

async function countWhereWorthwhile(request: ObserveRequest, files: readonly SourceFile[]) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return bytes < (request.countFromBytes ?? COUNT_FROM_BYTES) ? undefined : await countTraces(files, request.signal);
}

interface ReadFacts extends FileFacts {
  readonly source: Source;
  readonly tally: SourceTally;
  readonly form: RecordingForm;
  readonly lines: number;
}

interface Reading {
  readonly file: SourceFile;
  readonly source: Source;
  readonly index: number;
  readonly tally: SourceTally;
  readonly store: SpanStore;
  readonly blocks: Blocks;
  readonly readTraces: TracesReader;
}

async function readRecording(request: ObserveRequest, reading: Reading): Promise<ReadFacts> {
  const { file, source, tally } = reading;
  const parse = createTracesParser(createReadTest(request));
  const reader = createRecordingReader(recordingSink(request, reading), parse, MAX_LINE_BYTES);
  const splitter = createLineSplitter(reader);
  const facts = await readSource(file, splitter, request.signal);
  const lines = splitter.end();
  if (file.packing === 'zstd') tally.problem('zstd is not supported here; compress with gzip', 1);
  const found = reader.end();
  if (facts.damage !== undefined) tally.problem(facts.damage, Math.max(1, lines));
  const form = found === 'empty' && facts.bytes > 0 && tally.problems().problemCount > 0 ? 'unrecognised' : found;
  tally.hasDeclared ||= source.origin === 'synthetic' || form === 'hand-written';
  return { ...facts, source, tally, form, lines };
}

function recordingSink(
  request: ObserveRequest,
  { source, index, tally, store, blocks, readTraces }: Reading,
): RecordingSink {
  const problem = (message: string, line: number) => tally.problem(request.redact(message), line);
  const spans: TracesSink = {
    block(block) {
      tally.hasDeclared ||= block.isDeclared;
      return blocks.indexOf(block);
    },
    span(row) {
      if (!store.add(row))
        problem('a span came after its trace was complete: its trace id is written unusually', row.line);
    },
    problem,
  };
  const read = (traces: JsonObject, line: number, isHandWritten: boolean) => {
    const isDeclared = isHandWritten || source.origin === 'synthetic';
    tally.spans += readTraces(traces, line, { source: index, isHandWritten, isDeclared }, spans);
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

function populationOf({ source, sha256, bytes, form, lines, tally }: ReadFacts): SourcePopulation {
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
