import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObservedModelCall, ObservedRun, ObservedStep } from '../../contract/observed-run.ts';
import type { Source } from '../../contract/plan.ts';
import type { SourcePopulation } from '../../contract/population.ts';
import type { Approval, ToolCall } from '../../contract/run.ts';
import { type ObserveRequest, observeRecordings } from '../../observe/recordings.ts';
import { aSource } from './builders.ts';

/** What was read from recordings. */
export interface Observation {
  readonly runs: readonly ObservedRun[];
  readonly sources: readonly SourcePopulation[];
}

export type Recordings = Readonly<Record<string, string | Uint8Array>>;
export type ObservationOptions = Partial<Omit<ObserveRequest, 'root' | 'sources' | 'spillRoot'>> & {
  readonly origin?: Source['origin'];
  /** Default: each file once, in the order given. */
  readonly sources?: readonly Source[];
};

/** A folder with recordings, and one beside it in which nothing may be left. */
export interface ObservationFolder {
  readonly root: string;
  readonly spillRoot: string;
  request(recordings: readonly string[], options?: ObservationOptions): ObserveRequest;
  leftBehind(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export function sourceOf(recording: string, origin: Source['origin'] = 'production'): Source {
  return aSource({ recording, origin });
}

export async function anObservationFolder(recordings: Recordings = {}): Promise<ObservationFolder> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'aigate-observe-')));
  const [root, spillRoot] = [join(dir, 'workload'), join(dir, 'spill')];
  await mkdir(root);
  await mkdir(spillRoot);
  for (const [name, content] of Object.entries(recordings)) await writeFile(join(root, name), content);
  return {
    root,
    spillRoot,
    request: (names, { origin, sources, ...options } = {}) => ({
      selectKeys: [],
      signals: [],
      assess: () => '',
      assessArguments: () => undefined,
      keepsWords: false,
      findsSecrets: false,
      redact: (text) => text,
      ...options,
      root,
      spillRoot,
      sources: sources ?? names.map((name) => sourceOf(name, origin)),
    }),
    leftBehind: () => readdir(spillRoot),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Observes recordings given as text or bytes. @throws Error when the spill folder is not empty afterwards */
export async function observe(recordings: Recordings, options: ObservationOptions = {}): Promise<Observation> {
  const folder = await anObservationFolder(recordings);
  try {
    const runs: ObservedRun[] = [];
    const sources = await observeRecordings(folder.request(Object.keys(recordings), options), (run) => runs.push(run));
    const left = await folder.leftBehind();
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
    return { runs, sources };
  } finally {
    await folder.remove();
  }
}

/** The only run of one recording and what was counted. @throws Error when there is none or several */
export async function observeRun(
  recording: string | Uint8Array,
  options: ObservationOptions = {},
): Promise<{ readonly run: ObservedRun; readonly source: SourcePopulation }> {
  const { runs, sources } = await observe({ 'week.jsonl': recording }, options);
  const [[run], [source]] = [runs, sources];
  if (run === undefined || source === undefined || runs.length > 1)
    throw new Error(`${runs.length} runs instead of one`);
  return { run, source };
}

export function modelCalls(steps: readonly ObservedStep[]): readonly ObservedModelCall[] {
  return steps.filter((step) => step.type === 'model');
}

export function toolCalls(steps: readonly ObservedStep[]): readonly ToolCall[] {
  return steps.filter((step) => step.type === 'tool');
}

export function approvals(steps: readonly ObservedStep[]): readonly Approval[] {
  return steps.filter((step) => step.type === 'approval');
}
