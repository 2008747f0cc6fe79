import { isAbsolute, join, relative, resolve } from 'node:path';
import { listPrices } from '../../annotate/price-list.ts';
import { AigateError } from '../../contract/errors.ts';
import { describeTroubles, missingAnswers } from '../../contract/live-traffic.ts';
import { showName } from '../../contract/name-counts.ts';
import { quantity } from '../../contract/quantity.ts';
import { visible } from '../../contract/visible-text.ts';
import { cassetteLine } from '../../observe/proxy/cassette.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { createDrillTools } from '../live/drill-tools.ts';
import { recordingLine } from '../live/live-recording.ts';
import { manifestLines } from '../live/record-lines.ts';
import { type RecordedUpstream, recordPlan } from '../live/record-plan.ts';
import { type RecordedRuns, recordRuns } from '../live/record-runs.ts';
import { recordingJobs } from '../live/recording-jobs.ts';
import { loadPlan } from '../load-plan.ts';
import { progressOn } from '../progress.ts';
import { refuseUnwritable, writeWhole } from '../write-whole.ts';

export interface RecordOptions {
  readonly target: string;
  /** Program and arguments; empty = as the manifest says. */
  readonly command: readonly string[];
  readonly upstream: RecordedUpstream;
  /** Folder for both files, relative to that of the manifest and below it. */
  readonly out: string;
  /** Whether the calls to the primary are refused in a second run of each input, so that the fallback is recorded too. */
  readonly withFallback: boolean;
}

/**
 * Runs the workload once for each input and writes what its models answered, and what the runs did. Whatever keeps it from
 * the end leaves the files of an earlier recording as they are.
 * @throws AigateError
 */
export async function record(io: Io, options: RecordOptions): Promise<ExitCode> {
  const { cwd, version, home, signal, host } = io;
  const at = io.now();
  const request = { policy: undefined, stage: 'pr', baseline: undefined } as const;
  const loaded = await loadPlan({ ...request, cwd, version, home, target: options.target, evaluatedAt: at });
  const live = recordPlan(loaded.plan, options);
  const paths = pathsIn(loaded.root, options.out);
  await refuseUnwritable(loaded.root, paths.runs);
  const { lookup: priceOf } = await listPrices(loaded.plan.evaluatedAt);
  const tools = await createDrillTools(loaded.plan, { priceOf });
  const hasInputs = Object.values(loaded.inputs).every((inputs) => inputs.length > 0);
  const jobs = recordingJobs(loaded.plan, loaded.inputs, { at: at.toISOString(), withFallback: options.withFallback });
  const recorded = await recordRuns({ ...loaded, live }, jobs, {
    ...{ ...tools, host, signal, priceOf, redact: (text: string) => text, onProgress: progressOn(io) },
  });
  signal.throwIfAborted();
  const problem = whyIncomplete(recorded);
  if (problem !== undefined) io.stderr.write(problem);
  if (recorded.entries.length === 0 || recorded.runs.length === 0) return EXIT.INCONCLUSIVE;
  const lines = recorded.runs.map(recordingLine({ ...loaded, live }, recorded.mask));
  await writeWhole(loaded.root, {
    [paths.cassette]: recorded.entries.map(cassetteLine).join(''),
    [paths.runs]: lines.join(''),
  });
  const shown = (path: string) => relative(cwd, join(loaded.root, path));
  io.stdout.write(
    `${shown(paths.cassette)}: ${quantity(recorded.entries.length, 'answer')}, redacted\n` +
      `${shown(paths.runs)}: ${quantity(recorded.runs.length, 'run')}, with clear texts as in every recording, without keys\n` +
      `\nFor the manifest:\n\n${manifestLines({ ...options, plan: loaded.plan, live, paths, hasInputs })}`,
  );
  return problem === undefined ? EXIT.OK : EXIT.INCONCLUSIVE;
}

/** Both files of a recording, relative to the manifest. */
export interface RecordingPaths {
  readonly cassette: string;
  readonly runs: string;
}

function pathsIn(root: string, out: string): RecordingPaths {
  const folder = relative(root, resolve(root, out)).split('\\').join('/');
  if (isAbsolute(folder) || folder.split('/')[0] === '..') {
    throw new AigateError('PATH_ESCAPES', `--out ${out} leaves the folder of the manifest`, {
      hint: 'Name a folder below that of the manifest: it is where check reads recordings.',
    });
  }
  const inside = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  return { cassette: inside('calls.aigate.jsonl'), runs: inside('runs.jsonl') };
}

/** For people, a line each; undefined = everything was recorded. */
function whyIncomplete(recorded: RecordedRuns): string | undefined {
  const { runs, entries, unrecorded, unanswered, stopped, bypasses, mask } = recorded;
  const failed = runs.find(({ ending }) => ending === 'failed');
  const lines = [
    ...(stopped === undefined ? [] : [`Not all runs were made: ${stopped}`]),
    ...(unanswered.length === 0
      ? []
      : [`Left out: ${describeTroubles(unanswered)}. ${missingAnswers(unanswered).remedy}`]),
    ...(unrecorded === 0
      ? []
      : [`${quantity(unrecorded, 'answer')} were broken off or too large, and are not recorded`]),
    ...(runs.length > 0 && entries.length === 0 ? ['No run asked a model through the proxy: nothing to record.'] : []),
    ...(failed === undefined ? [] : [`A run failed: ${visible(mask(failed.problem ?? failed.exit ?? 'no answer'))}`]),
    ...(bypasses.length === 0
      ? []
      : [`Requests went around the proxy: ${bypasses.map(({ host }) => showName(host)).join(', ')}`]),
  ];
  return lines.length === 0 ? undefined : lines.map((line) => `${line}\n`).join('');
}
