import type { Source } from '../contract/plan.ts';
import type { SourceTally } from './assemble/source-tally.ts';
import type { SpanBlocks } from './assemble/span-blocks.ts';
import type { SpanStore } from './assemble/span-store.ts';
import { handFormToOtlp } from './hand-form.ts';
import { parseHandForm } from './hand-form-schema.ts';
import { readHandWrittenYaml } from './hand-form-yaml.ts';
import { createLineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';
import type { JsonObject } from './otlp/any-value.ts';
import { createReadTest } from './otlp/attribute-plan.ts';
import { createTracesParser } from './otlp/parse-traces.ts';
import type { TracesReader, TracesSink } from './otlp/read-traces.ts';
import { createRecordingReader, type RecordingForm, type RecordingSink } from './recording-reader.ts';
import type { ObserveRequest } from './recordings.ts';
import { type FileFacts, readSource, type SourceFile } from './source-file.ts';

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
  readonly readTraces: TracesReader;
}

/** Reads one source to its end: its spans go to the store, whatever is wrong with it to the tally. */
export async function readRecording(request: ObserveRequest, reading: Reading): Promise<ReadFacts> {
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
