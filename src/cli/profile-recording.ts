import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import { RECORDING_KEY } from '../contract/plan.ts';
import type { RecordingProfile } from '../contract/recording-profile.ts';
import { createProfiler } from '../observe/profile-recording.ts';
import { observeRecordings } from '../observe/recordings.ts';
import { createRedactor } from '../observe/redaction.ts';
import type { Io } from './io.ts';

/** Attributes that recordings often tell tasks apart by. */
const USUAL_KEYS = [
  RECORDING_KEY,
  'aigate.case',
  'gen_ai.agent.name',
  'gen_ai.conversation.id',
  'service.name',
  'session.id',
  'scenario',
  'case',
  'task',
  'name',
  'tags',
];

/** Reads one recording without a manifest. @throws AigateError FILE_UNREADABLE, PATH_ESCAPES */
export async function profileOf(
  { cwd, signal }: Pick<Io, 'cwd' | 'signal'>,
  recording: string,
  by: readonly string[],
): Promise<RecordingProfile> {
  const path = resolve(cwd, recording);
  const below = relative(cwd, path).replaceAll('\\', '/');
  const isInside = !below.startsWith('../') && !isAbsolute(below);
  const profiler = createProfiler();
  const source = {
    recording: isInside ? below : basename(path),
    origin: 'production',
    window: undefined,
    sampling: 'unknown',
    total: undefined,
    excluded: undefined,
  } as const;
  const [population] = await observeRecordings(
    {
      root: isInside ? cwd : dirname(path),
      sources: [source],
      selectKeys: [...new Set([...by, ...USUAL_KEYS])],
      signals: [],
      assess: () => '',
      assessArguments: () => undefined,
      keepsWords: false,
      findsSecrets: false,
      redact: createRedactor(randomBytes(32)),
      spillRoot: tmpdir(),
      signal,
    },
    (run) => profiler.add(run),
  );
  if (population === undefined) throw new AigateError('FILE_UNREADABLE', `${recording} was not read`);
  return profiler.profile({ ...population, recording });
}
