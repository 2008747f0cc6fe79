import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LIVE_RECORDING } from '../../contract/live.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import { otlpLine } from '../../observe/live/otlp-lines.ts';
import type { LoadedPlan } from '../load-plan.ts';

/** Writes the recording of the healthy runs beside the manifest, those that could not be started among them. */
export async function leaveRecording({ plan, root }: LoadedPlan, runs: readonly LiveRun[]): Promise<void> {
  const path = join(root, LIVE_RECORDING);
  const { release, workload, scenarios } = plan;
  const resource = {
    'aigate.artifacts.digest': release.artifactsDigest,
    ...(release.revision === undefined ? {} : { 'vcs.ref.head.revision': release.revision }),
    // Nobody's model answered: such runs count where demonstrations do.
    'deployment.environment.name': 'synthetic',
  };
  const selectOf = (scenario: string) => scenarios.find(({ id }) => id === scenario)?.select ?? {};
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, runs.map((run) => otlpLine(run, { workload: workload.name, resource, selectOf })).join(''));
}
