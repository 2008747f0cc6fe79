import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { LIVE_RECORDING, type LivePlan } from '../../contract/live.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import { otlpLine } from '../../observe/live/otlp-lines.ts';
import type { LoadedPlan } from '../load-plan.ts';

/** The recording of the healthy runs, while it grows; those that could not be started are in it too. */
export interface LiveRecording {
  add(run: LiveRun): void;
  /** Puts it beside the manifest, in place of an earlier one. */
  keep(): Promise<void>;
  /** Leaves no trace of it, unless it was kept. */
  discard(): Promise<void>;
}

type Recorded = LoadedPlan & { readonly live: LivePlan };

/** Written run by run: ten thousand of them would not fit into memory. */
export async function openRecording(loaded: Recorded, mask: (text: string) => string): Promise<LiveRecording> {
  const path = join(loaded.root, LIVE_RECORDING);
  const unfinished = `${path}.part`;
  const lineOf = recordingLine(loaded, mask);
  await mkdir(dirname(path), { recursive: true });
  const stream = createWriteStream(unfinished);
  const done = finished(stream);
  // Awaited by whoever keeps it; until then a failure must not end the process.
  done.catch(() => undefined);
  return {
    add: (run) => void stream.write(lineOf(run)),
    keep: async () => {
      stream.end();
      await done;
      await rename(unfinished, path);
    },
    discard: async () => {
      stream.destroy();
      await rm(unfinished, { force: true });
    },
  };
}

/**
 * A run as a line of a recording, bound to the release.
 * @param mask hides keys; all other texts are clear, as in every recording
 */
export function recordingLine({ plan, live }: Recorded, mask: (text: string) => string): (run: LiveRun) => string {
  const { release, workload, scenarios } = plan;
  const resource = {
    'aigate.artifacts.digest': release.artifactsDigest,
    ...(release.revision === undefined ? {} : { 'vcs.ref.head.revision': release.revision }),
    // Where nobody's model answered, runs count where demonstrations do.
    'deployment.environment.name': live.upstream.type === 'simulated' ? 'synthetic' : 'test',
  };
  const selectOf = (scenario: string) => scenarios.find(({ id }) => id === scenario)?.select ?? {};
  const showsKey = (text: string) => mask(text) !== text;
  return (run) => mask(otlpLine(run, { workload: workload.name, resource, selectOf, showsKey }));
}
