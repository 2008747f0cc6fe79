import type { RecordingForm } from '../../../contract/population.ts';
import { isObject } from '../../otlp/any-value.ts';
import { readZipDirectory, type ZipEntry } from '../../zip/zip-directory.ts';
import { unpackEntry } from '../../zip/zip-entry.ts';
import type { ZipFile } from '../../zip/zip-file.ts';
import type { FormTools } from '../form.ts';
import { type LogFacts, readHeader } from './header.ts';
import { pythonJson } from './python-json.ts';
import { readSample } from './sample.ts';

/** One sample is held at a time; the whole may be larger, but not so large that it takes hours. */
const LIMITS = { bytes: 128 * 1024 * 1024, ratio: 500, total: 64 * 1024 * 1024 * 1024 };

const HEADERS = ['header.json', '_journal/start.json'] as const;
/** Ids stand in names as they are, also with slashes in them. */
const SAMPLE = /^samples\/(?:[^/]+|.+_epoch_\d+)\.json$/;
/** A sample in many entries, which no released version writes by itself. */
const CHUNKED = /^samples\/[^/]+\/sample\.json$/;
/** What repeats the samples, or sums them up. */
const KNOWN = /^(?:header|summaries|reductions)\.json$|^_journal\/|\/$/;

export interface ArchiveTools extends FormTools {
  /** Awaited after each sample. */
  settle(): Promise<void>;
  /** What other forms look for. */
  readonly tried: string;
}

/** Reads a log of Inspect in a zip archive, sample by sample, and writes nothing to disk. */
export async function readArchive(file: ZipFile, tools: ArchiveTools): Promise<RecordingForm> {
  const problem = (message: string) => tools.problem(message, 1);
  const directory = await readZipDirectory(file);
  if (typeof directory === 'string') {
    problem(directory);
    return 'unrecognised';
  }
  for (const refusal of directory.refused) problem(refusal);
  const named = new Map(directory.entries.map((entry) => [entry.name, entry]));
  const head = HEADERS.map((name) => named.get(name)).find((entry) => entry !== undefined);
  const header = head === undefined ? undefined : await readJson(file, head, problem);
  if (!isObject(header) || !isObject(header['eval'])) {
    problem(`a zip archive without the header of an Inspect log. Tried: ${tools.tried}`);
    return 'unrecognised';
  }
  // Without a header at its end a log was not finished, whatever its start says.
  const isFinished = head?.name === HEADERS[0];
  const log = readHeader(isFinished ? header : { ...header, status: 'started' }, tools, 1);
  await readSamples(file, directory.entries, { log, tools, problem });
  return 'inspect';
}

interface Reading {
  readonly log: LogFacts;
  readonly tools: ArchiveTools;
  readonly problem: (message: string) => void;
}

async function readSamples(
  file: ZipFile,
  entries: readonly ZipEntry[],
  { log, tools, problem }: Reading,
): Promise<void> {
  let samples = 0;
  let unpacked = 0;
  for (const entry of entries) {
    if (CHUNKED.test(entry.name)) problem(`${entry.name}: samples in parts are not read; convert the log to JSON`);
    else if (!KNOWN.test(entry.name) && !entry.name.startsWith('samples/'))
      tools.ignore('other entries of the archive');
    if (!SAMPLE.test(entry.name)) continue;
    unpacked += entry.bytes;
    if (unpacked > LIMITS.total) {
      problem(`the samples unpack to more than the ${LIMITS.total} bytes that are read`);
      return;
    }
    const sample = await readJson(file, entry, problem);
    if (sample === undefined) continue;
    samples += 1;
    const pointer = `/${entry.name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    readSample(sample, { log, tools, place: { line: 1, pointer } });
    await tools.settle();
  }
  log.expect(samples);
}

async function readJson(file: ZipFile, entry: ZipEntry, problem: Reading['problem']): Promise<unknown> {
  const content = await unpackEntry(file, entry, LIMITS);
  const value = typeof content === 'string' ? undefined : pythonJson(content.toString('utf8'));
  if (value === undefined) problem(`${entry.name}: ${typeof content === 'string' ? content : 'it is no JSON'}`);
  return value;
}
