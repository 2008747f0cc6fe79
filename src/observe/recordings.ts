import type { AssessArguments, AssessedAnswer, ObservedRun } from '../contract/observed-run.ts';
import type { Source } from '../contract/plan.ts';
import type { SourcePopulation } from '../contract/population.ts';
import type { TextFacts } from '../contract/run.ts';
import { createRunAssembler } from './assemble/assemble-run.ts';
import { createSourceTally } from './assemble/source-tally.ts';
import { createSpanBlocks } from './assemble/span-blocks.ts';
import { createSpanStore, type SpanStore } from './assemble/span-store.ts';
import { countTraces } from './count-traces.ts';
import { createKeep } from './otlp/keep.ts';
import { createTracesReader } from './otlp/read-traces.ts';
import { type ReadFacts, readRecording } from './read-recording.ts';
import { openSource, type SourceFile } from './source-file.ts';
import { createTokenCounter } from './token-counter.ts';

export interface ObserveRequest {
  /** Folder of the manifest, absolute: recordings are relative to it and may not leave it. */
  readonly root: string;
  readonly sources: readonly Source[];
  /** Attribute keys that scenarios select by, looked for on spans, span events and resources. */
  readonly selectKeys: readonly string[];
  /** Attribute keys and span names that monitors watch. */
  readonly signals: readonly string[];
  /** Judges the clear output text of a model call, before redaction. */
  readonly assess: (answer: AssessedAnswer) => TextFacts;
  /** Judges the clear arguments of a tool call, before redaction. */
  readonly assessArguments: AssessArguments;
  /** Whether the words of users and the answers of tools are needed to judge a run. */
  readonly keepsWords: boolean;
  /** Whether secrets are looked for in what tools answered. */
  readonly findsSecrets: boolean;
  /** Applied to every text before it is kept, spilled or handed on. */
  readonly redact: (text: string) => string;
  /** Existing folder in which a private one may be made; it is removed in every case. */
  readonly spillRoot: string;
  /** Spans held in memory before they are spilled; default 8,000. */
  readonly maxRowsInMemory?: number;
  /** Total size of recordings from which on traces are counted before they are read; default 4 MiB. */
  readonly countFromBytes?: number;
  readonly signal?: AbortSignal;
}

const MAX_ROWS_IN_MEMORY = 8_000;

/**
 * Reads all recordings and hands on each run once, assembled over lines and sources by trace id: large recordings run by
 * run as soon as all spans of a run are read, small ones at the end. The same recordings give the same runs and counts
 * whatever was spilled; nobody may rely on their order. Memory is bounded by `maxRowsInMemory`, the longest line and the
 * largest run. `onRun` may be called before a later source turns out to be damaged, never before one that cannot be opened.
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
    const blocks = createSpanBlocks();
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
    const keep = createKeep(request.redact);
    const tokens = createTokenCounter();
    const reading = { store, blocks, keep, tokens, readTraces: createTracesReader({ ...request, keep, tokens }) };
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

/** Below this size most of it is held at once anyway, and reading it twice is for nothing. */
const COUNT_FROM_BYTES = 4 * 1024 * 1024;

async function countWhereWorthwhile(request: ObserveRequest, files: readonly SourceFile[]) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return bytes < (request.countFromBytes ?? COUNT_FROM_BYTES) ? undefined : await countTraces(files, request.signal);
}

function populationOf({ source, sha256, bytes, form, lines, tally }: ReadFacts): SourcePopulation {
  return {
    recording: source.recording,
    sha256,
    bytes,
    form,
    kind: tally.kind,
    lines,
    spans: tally.spans,
    steps: tally.steps,
    runs: tally.runs,
    ignored: tally.ignored(),
    duplicateSpans: tally.duplicateSpans,
    backwardClocks: tally.backwardClocks,
    impossibleTimes: tally.impossibleTimes,
    copiedRuns: tally.copiedRuns,
    sampledSpans: tally.sampledSpans,
    dialects: tally.dialects(),
    ...tally.problems(),
  };
}
