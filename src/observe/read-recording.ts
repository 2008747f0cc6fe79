import type { Source } from '../contract/plan.ts';
import type { RecordingForm } from '../contract/population.ts';
import type { SourceTally } from './assemble/source-tally.ts';
import type { SpanBlocks } from './assemble/span-blocks.ts';
import type { SpanRow } from './assemble/span-row.ts';
import type { SpanStore } from './assemble/span-store.ts';
import type { FormReader } from './forms/form.ts';
import { FORMS } from './forms/forms.ts';
import { readArchive } from './forms/inspect/archive.ts';
import { createRunWriter } from './forms/run-writer.ts';
import { handFormToOtlp } from './hand-form.ts';
import { parseHandForm } from './hand-form-schema.ts';
import { readHandWrittenYaml } from './hand-form-yaml.ts';
import { createLineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';
import { isObject } from './otlp/any-value.ts';
import { createReadTest } from './otlp/attribute-plan.ts';
import type { Keep } from './otlp/keep.ts';
import { createTracesParser } from './otlp/parse-traces.ts';
import { isTracesData, type TracesReader, type TracesSink } from './otlp/read-traces.ts';
import { plainSpansIn, plainSpanToOtlp } from './plain-spans.ts';
import { createRecordingReader, type RecordingSink } from './recording-reader.ts';
import type { ObserveRequest } from './recordings.ts';
import { type FileFacts, readSource, type SourceFile } from './source-file.ts';
import type { TokenCounter } from './token-counter.ts';
import { type ZipFile, zipFile } from './zip/zip-file.ts';

/** What was found of one source, before its runs are assembled. */
export interface ReadFacts extends FileFacts {
  readonly source: Source;
  readonly tally: SourceTally;
  readonly form: RecordingForm;
  readonly lines: number;
}

export interface Reading {
  readonly file: SourceFile;
  readonly source: Source;
  /** Of the source among all. */
  readonly index: number;
  readonly tally: SourceTally;
  readonly store: SpanStore;
  readonly blocks: SpanBlocks;
  readonly keep: Keep;
  readonly tokens: TokenCounter;
  readonly readTraces: TracesReader;
}

/** Reads one source to its end: its spans go to the store, whatever is wrong with it to the tally. */
export async function readRecording(request: ObserveRequest, reading: Reading): Promise<ReadFacts> {
  const { file, source, tally } = reading;
  const rows = rowsInto(reading);
  const readers = createReaders(request, reading, rows.add);
  const parse = createTracesParser(createReadTest(request));
  const reader = createRecordingReader(readers.sink, parse, MAX_LINE_BYTES);
  const splitter = createLineSplitter(reader);
  const facts = await readSource(file, splitter, { signal: request.signal, afterBlock: rows.settle });
  const lines = splitter.end();
  if (file.packing === 'zstd') tally.problem('zstd is not supported here; compress with gzip', 1);
  const archive = file.packing === 'zip' ? zipFile(file.handle, file.bytes) : undefined;
  const found = archive === undefined ? reader.end() : await readers.archive(archive, rows.settle);
  readers.end();
  await rows.settle();
  if (facts.damage !== undefined) tally.problem(facts.damage, Math.max(1, lines));
  const form = found === 'empty' && facts.bytes > 0 && tally.problems().problemCount > 0 ? 'unrecognised' : found;
  if (source.origin === 'synthetic' || form === 'hand-written') tally.weaken('declared');
  return { ...facts, source, tally, form, lines };
}

/** Rows wait while tokens are to be counted: a run must not be handed on before its rows are complete. */
function rowsInto({ store, tally, tokens }: Reading) {
  let waiting: SpanRow[] = [];
  const store_ = (row: SpanRow) => {
    if (!store.add(row)) {
      tally.problem('a span came after its trace was complete: its trace id is written unusually', row.line);
    }
  };
  return {
    add(row: SpanRow) {
      if (tokens.isWaiting()) waiting.push(row);
      else store_(row);
    },
    async settle() {
      if (!tokens.isWaiting() && waiting.length === 0) return;
      await tokens.settle();
      const complete = waiting;
      waiting = [];
      for (const row of complete) store_(row);
    },
  };
}

/** One reader for each form that may turn out to be the file's. */
function createReaders(request: ObserveRequest, reading: Reading, add: (row: SpanRow) => void) {
  const { source, index, tally, blocks, readTraces, keep, tokens } = reading;
  const problem = (message: string, line: number) => tally.problem(request.redact(message), line);
  const isDeclared = source.origin === 'synthetic';
  const kind = source.kind === undefined ? {} : { kind: source.kind };
  const spans: TracesSink = {
    block(block) {
      tally.weaken(block.kind);
      return blocks.indexOf(block);
    },
    span: add,
    dialect: (name) => tally.dialect(name),
    sampled: () => {
      tally.sampledSpans += 1;
    },
    problem,
  };
  const write = createRunWriter({
    ...request,
    source: index,
    isDeclared,
    keep,
    tokens,
    blocks: { all: blocks.all, indexOf: spans.block },
    add(row, of) {
      if (of === 'record') tally.spans += 1;
      add(row);
    },
  });
  const tools = {
    write,
    problem,
    ignore: (what: string) => tally.ignore(keep.label(what) ?? ''),
    impossibleTime() {
      tally.impossibleTimes += 1;
    },
  };
  const open = new Map<RecordingForm, FormReader>();
  let documents = 0;
  const handWritten = (document: unknown, line: number) => {
    documents += 1;
    const parsed = parseHandForm(document);
    if ('run' in parsed) {
      const origin = { source: index, isDeclared: true, pathOf: stepPath };
      tally.spans += readTraces(handFormToOtlp(parsed.run), line, origin, spans);
    } else for (const mistake of parsed.mistakes) problem(`document ${documents}: ${mistake}`, line);
  };
  const plainSpans = (value: unknown, line: number) => {
    for (const [i, span] of (plainSpansIn(value) ?? []).entries()) {
      const origin = { source: index, isDeclared, pathOf: () => (Array.isArray(value) ? `/${i}` : '') };
      tally.spans += readTraces(plainSpanToOtlp(span, { source: index, line, index: i }), line, origin, spans);
    }
  };
  const sink: RecordingSink = {
    formOf,
    value(value, form, line) {
      if (form === 'hand-written') return handWritten(value, line);
      if (form === 'spans') return plainSpans(value, line);
      if (form === 'otlp-json') {
        if (isObject(value)) tally.spans += readTraces(value, line, { source: index, isDeclared, ...kind }, spans);
        return;
      }
      const reader = open.get(form) ?? FORMS.find(({ name }) => name === form)?.open(tools);
      if (reader === undefined) throw new Error(`no reader for ${form}`);
      open.set(form, reader);
      reader.read(value, { line, pointer: '' });
    },
    yaml: (text) => readHandWrittenYaml(text, { document: handWritten, problem }),
    otherSignal: (name) => tally.ignore(`(${name})`),
    problem,
    tried: [
      'OTLP/JSON (resourceSpans)',
      'hand-written runs (run and steps)',
      'spans (attributes of a known convention, one object a span)',
      ...FORMS.map((form) => `${form.name} (${form.looksFor})`),
    ].join('; '),
  };
  return {
    sink,
    archive: (file: ZipFile, settle: () => Promise<void>) => readArchive(file, { ...tools, settle, tried: sink.tried }),
    end() {
      for (const reader of open.values()) reader.end();
    },
  };
}

/** Span 0 of a hand-written run stands for the whole, span n for its step n − 1. */
function stepPath(index: number): string {
  return index === 0 ? '' : `/steps/${index - 1}`;
}

function formOf(value: unknown, expected?: RecordingForm): RecordingForm | undefined {
  if (FORMS.find(({ name }) => name === expected)?.recognises(value) === true) return expected;
  if (expected === 'spans' && plainSpansIn(value) !== undefined) return expected;
  if (isTracesData(value)) return 'otlp-json';
  if (isObject(value) && 'run' in value && 'steps' in value) return 'hand-written';
  // The least particular of all comes last.
  return (
    FORMS.find((form) => form.recognises(value))?.name ?? (plainSpansIn(value) === undefined ? undefined : 'spans')
  );
}
