import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { LIVE_RECORDING } from '../../contract/live.ts';
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

/** Written run by run: ten thousand of them would not fit into memory. */
export async function openRecording({ plan, root }: LoadedPlan): Promise<LiveRecording> {
  const path = join(root, LIVE_RECORDING);
  const unfinished = `${path}.part`;
  const { release, workload, scenarios } = plan;
  const resource = {
    'aigate.artifacts.digest': release.artifactsDigest,
    ...(release.revision === undefined ? {} : { 'vcs.ref.head.revision': release.revision }),
    // Nobody's model answered: such runs count where demonstrations do.
    'deployment.environment.name': 'synthetic',
  };
  const selectOf = (scenario: string) => scenarios.find(({ id }) => id === scenario)?.select ?? {};
  await mkdir(dirname(path), { recursive: true });
  const stream = createWriteStream(unfinished);
  const done = finished(stream);
  // Awaited by whoever keeps it; until then a failure must not end the process.
  done.catch(() => undefined);
  return {
    add: (run) => void stream.write(otlpLine(run, { workload: workload.name, resource, selectOf })),
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
