import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeCode } from './forms/claude-code.ts';
import { inspectArchive, inspectDocument } from './forms/inspect.ts';
import { langfuseList, langfuseRows } from './forms/langfuse.ts';
import { langsmith } from './forms/langsmith.ts';
import { litellm } from './forms/litellm.ts';
import { messages } from './forms/messages.ts';
import { promptfoo } from './forms/promptfoo.ts';
import { spans } from './forms/spans.ts';
import type { SyntheticForm } from './forms/synthetic-form.ts';
import { compile, measure } from './programs.ts';
import type { Ratio } from './start-up.ts';
import { writeForm } from './write-form.ts';
import { writeRecording } from './write-recording.ts';

const CPU_BOUND = 2;
const MEMORY_BOUND = 1.3;
const WARM_UP_RUNS = 200;
const RUNS_FOR_MEMORY = 5_000;
const RECORDING_CHARACTERS = 28 * 1024 * 1024;
/** Spans of a run of the generated OTLP, on average. */
const SPANS_PER_RUN = 7.4;

/** A kind of recording to be read: its name, how it is laid out, and who writes it. */
interface Recording extends Pick<SyntheticForm, 'name' | 'layout'> {
  /** @returns its characters, unpacked */
  readonly write: (file: string, runs: number) => number;
}

const OTLP: Recording = {
  name: 'OTLP, JSON lines',
  layout: 'lines',
  write(file, runs) {
    writeRecording(file, Math.round(runs * SPANS_PER_RUN));
    return statSync(file).size;
  },
};

const FORMS: readonly SyntheticForm[] = [
  ...[langfuseRows, langfuseList, litellm, langsmith, promptfoo],
  ...[inspectDocument, inspectArchive, claudeCode, messages, spans],
];

const RECORDINGS: readonly Recording[] = [
  ...FORMS.map((form) => ({ ...form, write: (file: string, runs: number) => writeForm(file, form, runs) })),
  OTLP,
];

/** What every kind of recording costs to read against JSON.parse, and whether memory grows with those that are lines. */
export async function importerRatios(): Promise<Ratio[]> {
  const dir = await mkdtemp(join(tmpdir(), 'aigate-bench-'));
  try {
    const programs = {
      both: await compile(new URL('./read-form.ts', import.meta.url), dir),
      once: await compile(new URL('./observe-once.ts', import.meta.url), dir),
    };
    const ratios: Ratio[] = [];
    for (const recording of RECORDINGS) {
      ratios.push(await cpuRatio(recording, programs.both, dir));
      if (recording.layout === 'lines') ratios.push(await memoryRatio(recording, programs.once, dir));
    }
    return ratios;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Minimum of interleaved rounds in one warm process. */
async function cpuRatio({ name, layout, write }: Recording, program: string, dir: string): Promise<Ratio> {
  const [file, small] = [join(dir, 'recording'), join(dir, 'small')];
  const charactersPerRun = write(small, WARM_UP_RUNS) / WARM_UP_RUNS;
  write(file, Math.ceil(RECORDING_CHARACTERS / charactersPerRun));
  const { did } = await measure(program, [file, layout, small]);
  const { bareMs = Number.NaN, observedMs = Number.NaN, runs, steps } = did;
  return {
    what: `${name}, read into ${runs} runs of ${steps} steps`,
    ratio: observedMs / bareMs,
    bound: CPU_BOUND,
    detail: `${observedMs.toFixed(0)} ms against ${bareMs.toFixed(0)} ms of CPU for JSON.parse`,
  };
}

async function memoryRatio({ name, write }: Recording, program: string, dir: string): Promise<Ratio> {
  const file = join(dir, 'recording');
  const peaks: number[] = [];
  for (const runs of [RUNS_FOR_MEMORY, 4 * RUNS_FOR_MEMORY]) {
    write(file, runs);
    peaks.push((await measure(program, [file])).peakMib);
  }
  const [peak = Number.NaN, peakOfMore = Number.NaN] = peaks;
  return {
    what: `${name}, peak memory of ${4 * RUNS_FOR_MEMORY} runs against ${RUNS_FOR_MEMORY}`,
    ratio: peakOfMore / peak,
    bound: MEMORY_BOUND,
    detail: `${peakOfMore.toFixed(0)} MiB against ${peak.toFixed(0)} MiB`,
  };
}
